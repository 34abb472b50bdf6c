//! Functions of URLs.

mod cut_fragment;
mod cut_query_string;
mod decode_url_component;
mod decode_url_form_component;
mod domain;
mod domain_without_www;
mod encode_url_component;
mod encode_url_form_component;
mod extract_url_parameter;
mod fragment;
mod parts;
mod path;
mod path_full;
mod port;
mod protocol;
mod query_string;
mod top_level_domain;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &cut_fragment::CutFragment,
    &cut_query_string::CutQueryString,
    &decode_url_component::DecodeUrlComponent,
    &decode_url_form_component::DecodeUrlFormComponent,
    &domain::Domain,
    &domain_without_www::DomainWithoutWww,
    &encode_url_component::EncodeUrlComponent,
    &encode_url_form_component::EncodeUrlFormComponent,
    &extract_url_parameter::ExtractUrlParameter,
    &fragment::Fragment,
    &path::Path,
    &path_full::PathFull,
    &port::Port,
    &protocol::Protocol,
    &query_string::QueryString,
    &top_level_domain::TopLevelDomain,
];
