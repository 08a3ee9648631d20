//! A contract with shorter spans: a server of our own, on this machine, need not be waited for long.

use roadmap::contract::format::limits;
use roadmap::contract::format::{Action, Contract, Group, GroupSteps, Mode, Step};
use std::time::Duration;

/// For what comes to a socket, where the contract says nothing (five seconds).
const COMES: Duration = Duration::from_millis(1_500);
/// For what a server makes in the background.
const BACKGROUND: Duration = Duration::from_secs(7);
/// For all of a crowd (a minute), which is smaller.
const CROWD: Duration = Duration::from_secs(10);
const CLIENTS: u32 = 25;
/// Of all that its clients send together.
const MESSAGES: u32 = 200;

/// The contract, for servers with a fault: whatever never comes is not waited for as long.
pub fn hurried(mut contract: Contract) -> Contract {
    let checks = contract.milestones.iter_mut().flat_map(|milestone| &mut milestone.checks);
    let all = checks.map(|check| &mut check.steps).chain(contract.fragments.values_mut());
    all.flatten().for_each(hurry);
    contract
}

fn hurry(step: &mut Step) {
    let shorten = |within: &mut Duration| {
        if *within == limits::SOCKET_TIMEOUT {
            *within = COMES;
        }
    };
    match &mut step.action {
        Action::Request(request) => {
            if let Mode::Until(within) = &mut request.mode {
                *within = (*within).min(BACKGROUND);
            }
        }
        Action::Receive(receive) => shorten(&mut receive.within),
        Action::Closed { within, .. } => shorten(within),
        Action::Connect(connect) => shorten(&mut connect.within),
        Action::Crowd { crowd, within } => {
            *within = CROWD;
            crowd.clients = crowd.clients.min(CLIENTS);
            crowd.messages = crowd.messages.min(MESSAGES / crowd.clients);
        }
        Action::Group(Group { steps: GroupSteps::Written(steps), .. }) => {
            steps.iter_mut().for_each(hurry);
        }
        _ => {}
    }
}
