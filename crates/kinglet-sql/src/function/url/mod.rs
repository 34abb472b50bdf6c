//! Functions of URLs.

mod cut_fragment;
mod cut_query_string;
mod cut_query_string_and_fragment;
mod cut_to_first_significant_subdomain;
mod cut_to_first_significant_subdomain_with_www;
mod cut_url_parameter;
mod cut_www;
mod decode_url_component;
mod decode_url_form_component;
mod domain;
mod domain_without_www;
mod encode_url_component;
mod encode_url_form_component;
mod extract_url_parameter;
mod extract_url_parameter_names;
mod extract_url_parameters;
mod first_significant_subdomain;
mod fragment;
mod hierarchy;
mod netloc;
mod parts;
mod path;
mod path_full;
mod port;
mod protocol;
mod query_string;
mod query_string_and_fragment;
mod subdomain;
mod top_level_domain;
mod url_hierarchy;
mod url_path_hierarchy;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &cut_fragment::CutFragment,
    &cut_query_string::CutQueryString,
    &cut_query_string_and_fragment::CUT_QUERY_STRING_AND_FRAGMENT,
    &cut_to_first_significant_subdomain::CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN,
    &cut_to_first_significant_subdomain_with_www::CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN_WITH_WWW,
    &cut_url_parameter::CutUrlParameter,
    &cut_www::CUT_WWW,
    &decode_url_component::DecodeUrlComponent,
    &decode_url_form_component::DecodeUrlFormComponent,
    &domain::Domain,
    &domain_without_www::DomainWithoutWww,
    &encode_url_component::EncodeUrlComponent,
    &encode_url_form_component::EncodeUrlFormComponent,
    &extract_url_parameter::ExtractUrlParameter,
    &extract_url_parameter_names::EXTRACT_URL_PARAMETER_NAMES,
    &extract_url_parameters::EXTRACT_URL_PARAMETERS,
    &first_significant_subdomain::FIRST_SIGNIFICANT_SUBDOMAIN,
    &fragment::Fragment,
    &netloc::NETLOC,
    &path::Path,
    &path_full::PathFull,
    &port::Port,
    &protocol::Protocol,
    &query_string::QueryString,
    &query_string_and_fragment::QUERY_STRING_AND_FRAGMENT,
    &top_level_domain::TopLevelDomain,
    &url_hierarchy::URL_HIERARCHY,
    &url_path_hierarchy::URL_PATH_HIERARCHY,
];
