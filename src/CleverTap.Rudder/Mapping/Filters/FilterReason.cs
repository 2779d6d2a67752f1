using System.Text.Json.Serialization;

namespace CleverTap.Rudder;

/// <summary>Specifies why an event is not sent to CleverTap.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FilterReason>))]
public enum FilterReason
{
    /// <summary>The <c>integrations</c> of the event exclude CleverTap; see <see cref="MappingOptions.HonorIntegrations"/>.</summary>
    Integrations,

    /// <summary>The page or app itself sends the event; see <see cref="MappingOptions.NativeSdk"/>.</summary>
    NativeSdk,

    /// <summary>The user denies a consent that CleverTap needs; see <see cref="MappingOptions.Consent"/>.</summary>
    Consent,

    /// <summary>
    /// CleverTap has no counterpart of this call, such as <c>group</c>; see <see cref="MappingOptions.FilterUnsupportedCalls"/>.
    /// </summary>
    TypeNotSupported,

    /// <summary>
    /// A list of event names excludes the event; see <see cref="MappingOptions.AllowEvents"/> and <see
    /// cref="MappingOptions.WebAllowEvents"/>.
    /// </summary>
    EventList,

    /// <summary>
    /// An event with the same message id was delivered before or is being delivered; see <see cref="CleverTapOptions.DeduplicationWindow"/>.
    /// </summary>
    Duplicate,

    /// <summary>
    /// Code of the host excludes the event: a filter that was added with <c>FilterEvents</c>, or a mapper of
    /// <see cref="MappingOptions.Mappers"/>.
    /// </summary>
    HostRule,

    /// <summary>The user was deleted while the event waited; see <see cref="ICleverTapDestination.DeleteUsersAsync"/>.</summary>
    UserDeleted,
}
