//! Writing, publishing, changing and calling off projects.
