//! Who races: an organisation with managers, freelancers, and admins, made for this run alone.

use anyhow::Context;

use crate::db::{Connection, Failure};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::InvitationToken;
use crate::domain::token::{Scope, TokenContent, TokenSecret};
use crate::domain::user::TimeZoneName;
use crate::domain::words::{Email, InvitationNote, OrganisationName, PersonName, TokenName};
use crate::operations::organisations::{Invite, found_organisation, invite_member, join_organisation};
use crate::operations::people::{NewAdmin, Purpose, SignUp, make_admin, sign_up};
use crate::operations::tokens::make_token;

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Person {
    /// Which.
    pub id: UserId,
    /// To sign in with.
    pub email: String,
}

/// Everybody.
#[derive(Debug)]
pub struct Cast {
    /// The client.
    pub organisation: OrganisationId,
    /// Its owner first.
    pub managers: Vec<Person>,
    /// Who offers and works.
    pub freelancers: Vec<Person>,
    /// Who keeps the house.
    pub admins: Vec<Person>,
    /// Everybody's, made for this run and told nobody.
    pub password: String,
}

/// An operation's failure as an error of the lab: what it prepares is refused by nobody.
pub fn done<T, E: std::fmt::Debug>(outcome: Result<T, Failure<E>>) -> anyhow::Result<T> {
    outcome.map_err(|failure| anyhow::anyhow!("the race could not be prepared: {failure:?}"))
}

impl Cast {
    /// Signs so many of each up; `mark` tells this run's people from those of others.
    pub fn new(conn: &mut Connection<'_>, number: usize, mark: &str, password: String, hash: &str) -> anyhow::Result<Self> {
        let mut people = Makes { conn, mark, hash };
        let managers = people.several("manager", number, &Purpose::Colleague)?;
        let freelancers = people.several("freelancer", number, &Purpose::Freelancer)?;
        let admins = (1..=number).map(|place| people.admin(place)).collect::<anyhow::Result<Vec<_>>>()?;
        let Some((owner, rest)) = managers.split_first() else { anyhow::bail!("nobody races") };
        let name = OrganisationName::parse(&format!("Race lab {mark}"))?;
        let organisation = done(found_organisation(conn, owner.id, &name, None))?;
        for colleague in rest {
            let token = InvitationToken::new(rand::random());
            let invite = Invite { organisation, role: Role::Manager, note: InvitationNote::parse("To race")?, token: token.clone() };
            done(invite_member(conn, owner.id, &invite, None))?;
            done(join_organisation(conn, colleague.id, &token))?;
        }
        Ok(Self { organisation, managers, freelancers, admins, password })
    }

    /// Who founded the organisation.
    pub fn owner(&self) -> anyhow::Result<UserId> {
        Ok(self.managers.first().context("nobody founded the organisation")?.id)
    }

    /// A token of each manager's; a runner's is for the organisation.
    pub fn tokens(&self, conn: &mut Connection<'_>, scopes: &[Scope]) -> anyhow::Result<Vec<String>> {
        let organisation = scopes.contains(&Scope::Runner).then_some(self.organisation);
        let token = |person: &Person| {
            let secret = TokenSecret::new(InvitationToken::new(rand::random()));
            let content = TokenContent { name: TokenName::parse("Race lab")?, scopes: scopes.to_vec(), days: Some(1), organisation };
            done(make_token(conn, person.id, &content, &secret, None))?;
            Ok(secret.shown())
        };
        self.managers.iter().map(token).collect()
    }
}

/// Makes accounts.
struct Makes<'m, 'c> {
    conn: &'m mut Connection<'c>,
    mark: &'m str,
    hash: &'m str,
}

impl Makes<'_, '_> {
    fn email(&self, role: &str, place: usize) -> String {
        format!("{role}{place}.{}@race.example", self.mark)
    }

    fn several(&mut self, role: &str, number: usize, purpose: &Purpose) -> anyhow::Result<Vec<Person>> {
        (1..=number).map(|place| self.one(role, place, purpose.clone())).collect()
    }

    fn one(&mut self, role: &str, place: usize, purpose: Purpose) -> anyhow::Result<Person> {
        let email = self.email(role, place);
        let new = SignUp {
            email: Email::parse(&email)?,
            name: PersonName::parse(&format!("Race {role} {place}"))?,
            password_hash: self.hash.to_owned(),
            time_zone: TimeZoneName::default(),
            purpose,
        };
        Ok(Person { id: done(sign_up(self.conn, &new))?.user, email })
    }

    fn admin(&mut self, place: usize) -> anyhow::Result<Person> {
        let email = self.email("admin", place);
        let name = PersonName::parse(&format!("Race admin {place}"))?;
        let new = NewAdmin { email: Email::parse(&email)?, name, password_hash: self.hash.to_owned() };
        Ok(Person { id: done(make_admin(self.conn, &new))?, email })
    }
}
