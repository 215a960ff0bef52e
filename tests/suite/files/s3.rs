//! A bucket, asked for real over HTTP: a small server in this process that keeps what S3 keeps.
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::rt::System;
use futures_util::TryStreamExt;
use guildhall::storage::{S3, Storage};

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// Serves one request: `/bucket/key`, signed by a key.
fn serve(mut stream: TcpStream, objects: &Objects) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request");
    let (method, address) =
        line.split_once(' ').map(|(method, rest)| (method.to_owned(), rest.split(' ').next().unwrap().to_owned())).unwrap();
    let (mut length, mut signed) = (0, false);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        signed |= header.starts_with("authorization: aws4-hmac-sha256 credential=keyname/");
        if let Some(said) = header.strip_prefix("content-length:") {
            length = said.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body");
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let key = path.trim_start_matches("/attic").trim_start_matches('/').to_owned();
    let mut objects = objects.lock().unwrap();
    let date = "Sat, 01 Aug 2026 10:00:00 GMT";
    let (status, body) = match (method.as_str(), query) {
        _ if !signed => ("403 Forbidden", Vec::new()),
        ("PUT", _) => {
            objects.insert(key, body);
            ("200 OK", Vec::new())
        }
        ("POST", query) if query.starts_with("delete") => {
            let body = String::from_utf8(body).expect("XML");
            for key in body.split("<Key>").skip(1).filter_map(|part| part.split("</Key>").next()) {
                objects.remove(key);
            }
            ("200 OK", b"<DeleteResult><Deleted><Key>k</Key></Deleted></DeleteResult>".to_vec())
        }
        ("GET", query) if query.contains("list-type=2") => {
            let one = |(key, bytes): (&String, &Vec<u8>)| {
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-08-01T10:00:00.000Z</LastModified><ETag>\"e\"</ETag><Size>{}</Size></Contents>",
                    bytes.len()
                )
            };
            let all: String = objects.iter().map(one).collect();
            ("200 OK", format!("<ListBucketResult><IsTruncated>false</IsTruncated>{all}</ListBucketResult>").into_bytes())
        }
        ("GET" | "HEAD", _) => match objects.get(&key) {
            Some(bytes) => ("200 OK", bytes.clone()),
            None => ("404 Not Found", Vec::new()),
        },
        ("DELETE", _) => {
            objects.remove(&key);
            ("204 No Content", Vec::new())
        }
        other => panic!("{other:?}"),
    };
    let head =
        format!("HTTP/1.1 {status}\r\nlast-modified: {date}\r\netag: \"e\"\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).expect("an answer");
    if method != "HEAD" {
        stream.write_all(&body).expect("an answer");
    }
}

#[test]
fn a_bucket_keeps_files_under_its_prefix_and_gives_them_back() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let objects = Objects::default();
    let kept = Arc::clone(&objects);
    std::thread::spawn(move || listener.incoming().for_each(|stream| serve(stream.expect("a stream"), &kept)));
    let owned = str::to_owned;
    let settings = S3 {
        bucket: owned("attic"),
        prefix: owned("guildhall"),
        endpoint: Some(endpoint),
        region: owned("eu-central-1"),
        key_id: owned("KEYNAME"),
        secret: owned("secret"),
    };
    let storage = Storage::s3(&settings).expect("a bucket");
    let (place, other) = (Storage::new_place(), Storage::new_place());
    System::new().block_on(async {
        storage.put(&place, b"A plan.".to_vec()).await.expect("it is put");
        assert!(storage.has(&place).await.expect("an answer") && !storage.has(&other).await.expect("an answer"));
        let bytes: Vec<_> = storage.get(&place).await.expect("an answer").expect("the file").try_collect().await.expect("its bytes");
        assert_eq!(bytes.concat(), b"A plan.");
        assert!(storage.get(&other).await.expect("an answer").is_none());
        let old: Vec<String> = storage.older_than(Duration::from_secs(60)).try_collect().await.expect("a list");
        assert_eq!(old, std::slice::from_ref(&place));
        let keys: Vec<String> = objects.lock().unwrap().keys().cloned().collect();
        assert_eq!(keys, [format!("guildhall/{}/{place}", &place[..2])]);
        storage.take_out(&place).await.expect("it goes");
        storage.take_out(&place).await.expect("a second time too");
        assert!(objects.lock().unwrap().is_empty());
    });
}
