//! Secrets: passwords as argon2id strings, and tokens that are given out once and kept as hashes.

use crate::Error;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most; more would only cost time.
const LONGEST: usize = 200;

/// A token of 256 random bits, as 64 hexadecimal digits.
pub fn token() -> Result<String, Error> {
    Ok(hexadecimal(&random::<32>()?))
}

/// What is stored of a token.
pub fn hash_of(token: &str) -> String {
    hexadecimal(&Sha256::digest(token.as_bytes()))
}

/// Whether a new password is good enough; else why not.
pub fn judge(password: &str, address: &str) -> Result<(), String> {
    let length = password.chars().count();
    let own = address.split('@').next().unwrap_or_default().to_lowercase();
    if length < SHORTEST {
        return Err(format!("Lösenordet behöver minst {SHORTEST} tecken. En mening går bra."));
    }
    if length > LONGEST {
        return Err(format!("Lösenordet får ha högst {LONGEST} tecken."));
    }
    let mut letters: Vec<char> = password.to_lowercase().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return Err("Lösenordet upprepar för få tecken. Välj fler olika.".to_owned());
    }
    if own.chars().count() >= 4 && password.to_lowercase().contains(&own) {
        return Err("Lösenordet får inte innehålla din e-postadress.".to_owned());
    }
    Ok(())
}

/// The password as a string to store: argon2id with 19 MiB, 2 rounds and a salt of its own. Takes some tens of
/// milliseconds; not for the thread that answers others.
pub fn hash_password(password: &str) -> Result<String, Error> {
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(failed)?;
    Ok(argon()?.hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

/// Whether the password is the one stored. Without a stored one the same work is done, so that the time tells nothing.
pub fn verify(password: &str, stored: Option<&str>) -> Result<bool, Error> {
    if password.chars().count() > LONGEST {
        return Ok(false);
    }
    let Some(stored) = stored else {
        hash_password(password)?;
        return Ok(false);
    };
    let stored = PasswordHash::new(stored).map_err(failed)?;
    Ok(argon()?.verify_password(password.as_bytes(), &stored).is_ok())
}

fn argon() -> Result<Argon2<'static>, Error> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failure(format!("Lösenordet kan inte hanteras: {error}."))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_recognised_and_stored_with_a_salt_of_its_own() {
        let (one, two) = (hash_password("en lång mening").unwrap(), hash_password("en lång mening").unwrap());
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$"));
        assert!(verify("en lång mening", Some(&one)).unwrap());
        assert!(!verify("en annan mening", Some(&one)).unwrap());
        assert!(!verify("en lång mening", None).unwrap());
    }

    #[test]
    fn weak_passwords_are_told_why() {
        assert!(judge("kort", "a@b.se").unwrap_err().contains("minst 12"));
        assert!(judge("aaaaaaaaaaaaaaaa", "a@b.se").unwrap_err().contains("olika"));
        assert!(judge("verksamhet-och-mer", "verksamhet@b.se").unwrap_err().contains("e-postadress"));
        assert!(judge("en lagom lång mening", "verksamhet@b.se").is_ok());
    }

    #[test]
    fn tokens_differ_and_only_their_hash_is_known() {
        let (one, two) = (token().unwrap(), token().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 64);
        assert_ne!(hash_of(&one), one);
    }
}
