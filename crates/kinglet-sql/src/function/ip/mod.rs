//! Internet addresses.

mod address;
mod cut_ipv6;
mod ipv4_cidr_to_range;
mod ipv4_num_to_string;
mod ipv4_num_to_string_class_c;
mod ipv4_string_to_num;
mod ipv4_string_to_num_or_default;
mod ipv4_string_to_num_or_null;
mod ipv4_to_ipv6;
mod ipv6_cidr_to_range;
mod ipv6_num_to_string;
mod ipv6_string_to_num;
mod ipv6_string_to_num_or_default;
mod ipv6_string_to_num_or_null;
mod is_ip_address_in_range;
mod is_ipv4_string;
mod is_ipv6_string;
mod mac;
mod mac_num_to_string;
mod mac_string_to_num;
mod mac_string_to_oui;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &cut_ipv6::CutIpv6,
    &ipv4_cidr_to_range::Ipv4CidrToRange,
    &ipv4_num_to_string::Ipv4NumToString,
    &ipv4_num_to_string_class_c::Ipv4NumToStringClassC,
    &ipv4_string_to_num::IPV4_STRING_TO_NUM,
    &ipv4_string_to_num_or_default::IPV4_STRING_TO_NUM_OR_DEFAULT,
    &ipv4_string_to_num_or_null::IPV4_STRING_TO_NUM_OR_NULL,
    &ipv4_to_ipv6::Ipv4ToIpv6,
    &ipv6_cidr_to_range::Ipv6CidrToRange,
    &ipv6_num_to_string::Ipv6NumToString,
    &ipv6_string_to_num::IPV6_STRING_TO_NUM,
    &ipv6_string_to_num_or_default::IPV6_STRING_TO_NUM_OR_DEFAULT,
    &ipv6_string_to_num_or_null::IPV6_STRING_TO_NUM_OR_NULL,
    &is_ip_address_in_range::IsIpAddressInRange,
    &is_ipv4_string::IS_IPV4_STRING,
    &is_ipv6_string::IS_IPV6_STRING,
    &mac_num_to_string::MacNumToString,
    &mac_string_to_num::MAC_STRING_TO_NUM,
    &mac_string_to_oui::MAC_STRING_TO_OUI,
];
