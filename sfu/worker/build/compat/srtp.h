// The worker is written for libsrtp 3, which no distribution packages yet. This header gives it the libsrtp 3 calls
// that it makes, on top of libsrtp 2. Three things differ between the two:
//
// 1. A policy is an opaque handle that functions fill in, not a struct that the caller fills in.
// 2. Packets go from one buffer into another one whose capacity is told, not in place.
// 3. Two error codes and the name of one function are new.
#pragma once

// libsrtp 2 has a struct of the name that libsrtp 3 gives to the handle, so the struct steps aside while it is read.
#define srtp_policy_t srtp_policy_in_place_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>

namespace srtp_compat
{
	struct Policy
	{
		srtp_policy_in_place_t settings{};
		// libsrtp 2 keeps only a pointer to the master key, which it wants with the salt behind it.
		unsigned char keyAndSalt[SRTP_MAX_KEY_LEN]{};
	};

	using InPlaceCall = srtp_err_status_t (*)(srtp_t, void*, int*);

	// Runs an in-place call of libsrtp 2 on a copy of the packet. `room` is what the call may add behind the packet.
	inline srtp_err_status_t copyAndRun(
	  InPlaceCall call, srtp_t session, const uint8_t* from, size_t length, size_t room, uint8_t* to, size_t* capacityThenLength);
} // namespace srtp_compat

using srtp_policy_t = srtp_compat::Policy*;

// Codes of libsrtp 3 that libsrtp 2 stops short of.
inline constexpr auto srtp_err_status_buffer_small =
  static_cast<srtp_err_status_t>(static_cast<int>(srtp_err_status_pkt_idx_adv) + 1);
inline constexpr auto srtp_err_status_cryptex_err =
  static_cast<srtp_err_status_t>(static_cast<int>(srtp_err_status_pkt_idx_adv) + 2);

// --- Policies ------------------------------------------------------------------------------------------------------

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) srtp_compat::Policy();

	return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy == nullptr)
	{
		return;
	}

	// A plain memset right before the delete may be dropped by the optimizer and leave the key in the heap.
	explicit_bzero(policy->keyAndSalt, sizeof(policy->keyAndSalt));
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->settings.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto rtp = srtp_crypto_policy_set_from_profile_for_rtp(&policy->settings.rtp, profile);

	if (rtp != srtp_err_status_ok)
	{
		return rtp;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->settings.rtcp, profile);
}

// The worker uses no master key identifiers, so a given one is refused and not silently left out.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLength,
  const uint8_t* salt,
  size_t saltLength,
  const uint8_t* /*mki*/,
  size_t mkiLength)
{
	if (mkiLength != 0 || keyLength > sizeof(policy->keyAndSalt) || saltLength > sizeof(policy->keyAndSalt) - keyLength)
	{
		return srtp_err_status_bad_param;
	}

	std::copy_n(key, keyLength, policy->keyAndSalt);
	std::copy_n(salt, saltLength, policy->keyAndSalt + keyLength);
	policy->settings.key = policy->keyAndSalt;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->settings.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t packets)
{
	policy->settings.window_size = packets;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, &policy->settings);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

// --- Packets -------------------------------------------------------------------------------------------------------

inline srtp_err_status_t srtp_compat::copyAndRun(
  InPlaceCall call, srtp_t session, const uint8_t* from, size_t length, size_t room, uint8_t* to, size_t* capacityThenLength)
{
	if (length > static_cast<size_t>(std::numeric_limits<int>::max()) || *capacityThenLength < length + room)
	{
		return srtp_err_status_buffer_small;
	}
	// Received packets are decrypted where they are: both pointers are then the same.
	if (from != to)
	{
		std::memcpy(to, from, length);
	}

	int octets          = static_cast<int>(length);
	const auto outcome = call(session, to, &octets);

	if (outcome == srtp_err_status_ok)
	{
		*capacityThenLength = static_cast<size_t>(octets);
	}

	return outcome;
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t length, uint8_t* srtp, size_t* srtpLength, size_t /*mkiIndex*/)
{
	return srtp_compat::copyAndRun(
	  static_cast<srtp_compat::InPlaceCall>(::srtp_protect), session, rtp, length, SRTP_MAX_TRAILER_LEN, srtp, srtpLength);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t length, uint8_t* srtcp, size_t* srtcpLength, size_t /*mkiIndex*/)
{
	return srtp_compat::copyAndRun(
	  static_cast<srtp_compat::InPlaceCall>(::srtp_protect_rtcp), session, rtcp, length, SRTP_MAX_TRAILER_LEN, srtcp, srtcpLength);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t length, uint8_t* rtp, size_t* rtpLength)
{
	return srtp_compat::copyAndRun(
	  static_cast<srtp_compat::InPlaceCall>(::srtp_unprotect), session, srtp, length, 0, rtp, rtpLength);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t length, uint8_t* rtcp, size_t* rtcpLength)
{
	return srtp_compat::copyAndRun(
	  static_cast<srtp_compat::InPlaceCall>(::srtp_unprotect_rtcp), session, srtcp, length, 0, rtcp, rtcpLength);
}
