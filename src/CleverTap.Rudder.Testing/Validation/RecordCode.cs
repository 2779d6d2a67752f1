using CleverTap.Rudder.Internal.Records;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>
/// CleverTap's codes for a rejected record (CleverTap docs, API errors). The codes of profile fields are in <see cref="StandardField"/>.
/// </summary>
internal enum RecordCode
{
    EventNameMissing = 509,
    EventStructure = 512,
    ReservedEvent = 513,
    TooManyProperties = 522,
    IdentityMissing = 523,
    UnknownRecord = 524,
    TimestampNotEpoch = 525,
    ObjectIdInvalid = 526,
    TokenObjectIdInvalid = 530,
    TokenDataInvalid = 531,
    TokenIdMissing = 532,
    TokenTypeMissing = 533,
    TokenTypeInvalid = 534,

    /// <summary>The record is valid; the server failed.</summary>
    ServerError = 555,
}
