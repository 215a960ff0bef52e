//! The answer for each route: who comes there, who may know of it and no more, and for whom it is not there.

/// What somebody is to the house's one client, its projects and its freelancer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Visitor,
    Owner,
    Manager,
    Finance,
    Viewer,
    /// Of another client.
    OtherClient,
    /// Who offers on the open project, works on the contract, and has asked, written and kept what there is of it.
    Freelancer,
    OtherFreelancer,
    Admin,
}

/// How a route answers somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// They come there: whatever is said then is about what they sent.
    Comes,
    /// 403: theirs to see, not to do.
    Refused,
    /// 404: not there, or not to be known of.
    NotThere,
    /// Led to the sign-in page, or told that they are signed out.
    SignsIn,
}

/// For whom a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever has a letter with its link.
    Secret,
    /// Of something that this house has none of: whoever is signed in is told so.
    Nobody,
    /// Who keeps the house.
    Admins,
    /// The client’s members.
    Members,
    /// The same, and who keeps the house.
    MembersAndHouse,
    /// The client’s owners; its other members know of it.
    Owners,
    /// Its owners and managers; the other members know of it.
    Deciders,
    /// The same, and who keeps the house.
    DecidersAndHouse,
    /// The same about something that everybody knows of.
    DecidersInPublic,
    /// The same about something that the freelancer knows of.
    DecidersOfSides,
    /// Those who decide for either side.
    DecidersAndWorker,
    /// Either side of a contract or a proposal.
    Sides,
    /// The same, and who keeps the house.
    SidesAndHouse,
    /// The freelancer; the client’s members know of it.
    Worker,
    /// Either side, but not whose words they are.
    Readers,
    /// Who keeps the client’s money; all of either side know of it.
    Payers,
    /// The same, and the freelancer.
    PayersAndWorker,
    /// Who keeps the money of any client.
    Treasurers,
    /// Who writes projects for any client.
    Managers,
    /// Whoever has a freelancer’s profile.
    Freelancers,
    /// Whoever is signed in, but not whose project it is.
    Outsiders,
    /// Whoever is signed in, but not whose profile it is.
    Others,
    /// The freelancer alone, whose it is.
    Own,
    /// The same, and who keeps the house.
    OwnAndHouse,
    /// Who keeps the house; the freelancer, whose it is, knows of it.
    HouseBeforeOwn,
}

use Role::*;

const MEMBERS: &[Role] = &[Owner, Manager, Finance, Viewer];
const SIDES: &[Role] = &[Owner, Manager, Finance, Viewer, Freelancer];
const ALL: &[Role] = &[Owner, Manager, Finance, Viewer, OtherClient, Freelancer, OtherFreelancer, Admin];

impl Audience {
    /// Who comes there, and who knows of it.
    fn sets(self) -> (&'static [Role], &'static [Role]) {
        match self {
            Self::Anyone | Self::SignedIn => (ALL, ALL),
            Self::Secret | Self::Nobody => (&[], &[]),
            Self::Admins => (&[Admin], &[]),
            Self::Members => (MEMBERS, &[]),
            Self::MembersAndHouse => (&[Owner, Manager, Finance, Viewer, Admin], &[]),
            Self::Owners => (&[Owner], MEMBERS),
            Self::Deciders => (&[Owner, Manager], MEMBERS),
            Self::DecidersAndHouse => (&[Owner, Manager, Admin], &[Owner, Manager, Finance, Viewer, Admin]),
            Self::DecidersInPublic => (&[Owner, Manager], ALL),
            Self::DecidersOfSides => (&[Owner, Manager], SIDES),
            Self::DecidersAndWorker => (&[Owner, Manager, Freelancer], SIDES),
            Self::Sides => (SIDES, &[]),
            Self::SidesAndHouse => (&[Owner, Manager, Finance, Viewer, Freelancer, Admin], &[]),
            Self::Worker => (&[Freelancer], SIDES),
            Self::Readers => (&[Manager, Finance, Viewer, Freelancer], SIDES),
            Self::Payers => (&[Owner, Finance], SIDES),
            Self::PayersAndWorker => (&[Owner, Finance, Freelancer], SIDES),
            Self::Treasurers => (&[Owner, Finance, OtherClient], ALL),
            Self::Managers => (&[Owner, Manager, OtherClient], ALL),
            Self::Freelancers => (&[Freelancer, OtherFreelancer], ALL),
            Self::Outsiders => (&[OtherClient, Freelancer, OtherFreelancer, Admin], ALL),
            Self::Others => (&[Owner, Manager, Finance, Viewer, OtherClient, OtherFreelancer, Admin], ALL),
            Self::Own => (&[Freelancer], &[]),
            Self::OwnAndHouse => (&[Freelancer, Admin], &[]),
            Self::HouseBeforeOwn => (&[Admin], &[Freelancer, Admin]),
        }
    }

    /// How it answers somebody in this role.
    pub fn answers(self, role: Role) -> Stands {
        let (may, knows) = self.sets();
        match (self, role) {
            (Self::Anyone, _) => Stands::Comes,
            (Self::Secret, _) => Stands::NotThere,
            (_, Visitor) => Stands::SignsIn,
            _ if may.contains(&role) => Stands::Comes,
            _ if knows.contains(&role) => Stands::Refused,
            _ => Stands::NotThere,
        }
    }
}
