using System.Text.Json.Serialization;
using CleverTap.Rudder.Internal.Mapping;

namespace CleverTap.Rudder;

/// <summary>Why an event is not meant for CleverTap.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FilterReason>))]
public enum FilterReason
{
    /// <summary>Its <c>integrations</c> say so; see <see cref="MappingOptions.HonorIntegrations"/>.</summary>
    Integrations,

    /// <summary>The page or app itself sends it; see <see cref="MappingOptions.NativeSdk"/>.</summary>
    NativeSdk,

    /// <summary>Its user denies a consent that CleverTap needs; see <see cref="MappingOptions.Consent"/>.</summary>
    Consent,

    /// <summary>CleverTap has no counterpart of this call, such as <c>group</c>; see <see cref="MappingOptions.FilterUnsupportedCalls"/>.</summary>
    TypeNotSupported,

    /// <summary>
    /// A list of event names says so; see <see cref="MappingOptions.AllowEvents"/> and <see cref="MappingOptions.WebAllowEvents"/>.
    /// </summary>
    EventList,

    /// <summary>An event with its message id was delivered before; see <see cref="CleverTapOptions.DeduplicationWindow"/>.</summary>
    Duplicate,

    /// <summary>Code of the host says so: a filter that was added with <c>FilterEvents</c>, or a mapper of <see cref="MappingOptions.Mappers"/>.</summary>
    HostRule,

    /// <summary>Its user was deleted while it waited; see <see cref="ICleverTapDestination.DeleteUsersAsync"/>.</summary>
    UserDeleted,
}
