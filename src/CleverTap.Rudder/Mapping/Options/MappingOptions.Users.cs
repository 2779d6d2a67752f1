namespace CleverTap.Rudder;

/// <content>The options for the ids of users and devices.</content>
public sealed partial record MappingOptions
{
    /// <summary>Gets whether track, page and screen calls without a user id are sent, with their anonymous id.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>The option corresponds to "Enable tracking for anonymous users" of the settings of the destination.</remarks>
    public bool TrackAnonymous { get; init; } = true;

    /// <summary>Gets whether the anonymous id of an event becomes the objectId, CleverTap's device id, of its records.</summary>
    /// <value>False in both presets.</value>
    /// <remarks>
    /// If true, identify calls also upload the push token of the device. The option corresponds to "Use Clevertap ObjectId for Mapping"
    /// of the settings of the destination.
    /// </remarks>
    public bool EnableObjectIdMapping { get; init; }

    /// <summary>Gets whether an event without any id, or an alias call without both ids, is an error.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>If false, such an event is sent without an identity or with a null identity, as rudder-transformer does.</remarks>
    public bool RequireIds { get; init; } = true;

    /// <summary>Gets whether a custom trait that CleverTap would read as an identity is omitted.</summary>
    /// <value>True in <see cref="Default"/>, false in <see cref="RudderTransformer"/>.</value>
    /// <remarks>
    /// Such traits are <c>Identity</c>, <c>objectID</c>, <c>FBID</c> and <c>GPID</c> in any spelling. An omitted trait gives the warning
    /// <see cref="WarningCode.IdentityFieldOmitted"/>. A trait that equals the user id of the event is sent. CleverTap merges the
    /// profiles of all users that share an identity.
    /// </remarks>
    public bool GuardIdentityFields { get; init; } = true;

    /// <summary>Gets whether an identify call with a user id and an anonymous id links the anonymous profile to the user.</summary>
    /// <value>False in both presets.</value>
    /// <remarks>
    /// If true, the call also gives the record that an alias call gives. A destination sends that record once for each pair of ids.
    /// </remarks>
    public bool LinkAnonymousProfiles { get; init; }
}
