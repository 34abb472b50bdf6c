//! Functions of URLs.

mod cut_fragment;
mod cut_query_string;
mod cut_query_string_and_fragment;
mod cut_to_first_significant_subdomain;
mod cut_to_first_significant_subdomain_rfc;
mod cut_to_first_significant_subdomain_with_www;
mod cut_to_first_significant_subdomain_with_www_rfc;
mod cut_url_parameter;
mod cut_www;
mod decode_url_component;
mod decode_url_form_component;
mod domain;
mod domain_rfc;
mod domain_without_www;
mod domain_without_www_rfc;
mod encode_url_component;
mod encode_url_form_component;
mod extract_url_parameter;
mod extract_url_parameter_names;
mod extract_url_parameters;
mod first_significant_subdomain;
mod first_significant_subdomain_rfc;
mod fragment;
mod hierarchy;
mod netloc;
mod parts;
mod path;
mod path_full;
mod port;
mod port_rfc;
mod protocol;
mod query_string;
mod query_string_and_fragment;
mod subdomain;
mod top_level_domain;
mod top_level_domain_rfc;
mod url_hierarchy;
mod url_path_hierarchy;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &cut_fragment::CutFragment,
    &cut_query_string::CutQueryString,
    &cut_query_string_and_fragment::CUT_QUERY_STRING_AND_FRAGMENT,
    &cut_to_first_significant_subdomain::CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN,
    &cut_to_first_significant_subdomain_rfc::CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN_RFC,
    &cut_to_first_significant_subdomain_with_www::CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN_WITH_WWW,
    &cut_to_first_significant_subdomain_with_www_rfc::CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN_WITH_WWW_RFC,
    &cut_url_parameter::CutUrlParameter,
    &cut_www::CUT_WWW,
    &decode_url_component::DecodeUrlComponent,
    &decode_url_form_component::DecodeUrlFormComponent,
    &domain::Domain,
    &domain_rfc::DOMAIN_RFC,
    &domain_without_www::DomainWithoutWww,
    &domain_without_www_rfc::DOMAIN_WITHOUT_WWW_RFC,
    &encode_url_component::EncodeUrlComponent,
    &encode_url_form_component::EncodeUrlFormComponent,
    &extract_url_parameter::ExtractUrlParameter,
    &extract_url_parameter_names::EXTRACT_URL_PARAMETER_NAMES,
    &extract_url_parameters::EXTRACT_URL_PARAMETERS,
    &first_significant_subdomain::FIRST_SIGNIFICANT_SUBDOMAIN,
    &first_significant_subdomain_rfc::FIRST_SIGNIFICANT_SUBDOMAIN_RFC,
    &fragment::Fragment,
    &netloc::NETLOC,
    &path::Path,
    &path_full::PathFull,
    &port::Port,
    &port_rfc::PortRfc,
    &protocol::Protocol,
    &query_string::QueryString,
    &query_string_and_fragment::QUERY_STRING_AND_FRAGMENT,
    &top_level_domain::TopLevelDomain,
    &top_level_domain_rfc::TOP_LEVEL_DOMAIN_RFC,
    &url_hierarchy::URL_HIERARCHY,
    &url_path_hierarchy::URL_PATH_HIERARCHY,
];
