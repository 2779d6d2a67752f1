using System.Collections.Frozen;
using System.Globalization;

namespace CleverTap.Rudder.Internal.Testing.Validation;

/// <summary>The error text of each record code. CleverTap writes a space before "Skipped" for some codes only.</summary>
internal static class RecordErrors
{
    private const string Field = "{field}";

    private static readonly FrozenDictionary<int, string> Texts = new Dictionary<int, string>
    {
        // Observed responses of CleverTap.
        [509] = "Event Name is incorrect. ErrorCode: 509 - Event name is mandatory. ",
        [512] = $"Event data is incorrect. 512 - Only Items can have a nested structure, incorrect nested structure for field : {Field}.",
        [513] = "Event Name is incorrect. ErrorCode: 513 - Trying to raise a restricted system event. ",
        [515] = "Profile data is incorrect. Email is not valid.",
        [516] = "Profile data is incorrect. Phone number is not valid.",
        [517] = "Profile data is incorrect. Employed needs to be Y/N.",
        [518] = "Profile data is incorrect. Education needs to be School/College/Graduate..",
        [519] = "Profile data is incorrect. Married needs to be Y/N.",
        [520] = "Profile data is incorrect. Age is invalid.",
        [525] = "Timestamp should be present in the Unix Epoch format. ",

        // Codes from CleverTap's documentation, whose texts were never observed.
        [514] = "Profile data is incorrect. Gender is not valid.",
        [522] = "Event data is incorrect. ErrorCode: 522 - Event property limit exceeded. ",
        [523] =
            "Identity value cannot be undefined or set at least one of identity / fbId / gpId / objectId under 1024 chars to identify the user. ",
        [524] = "Record is neither an event nor a profile. ",
        [526] = "ObjectId is invalid. ",
        [530] = "Token data is incorrect. ObjectId is invalid. ",
        [531] = "Token data is incorrect. Token data is invalid. ",
        [532] = "Token data is incorrect. Token id is missing. ",
        [533] = "Token data is incorrect. Token type is missing. ",
        [534] = "Token data is incorrect. Token type is not valid for the objectId. ",
        [555] = "Miscellaneous server error. ",
    }.ToFrozenDictionary();

    /// <summary>Returns the whole text.</summary>
    /// <param name="rejection">The rejection.</param>
    /// <param name="recordNumber">The number of the record in the upload, counted from 1.</param>
    public static string Format(Rejection rejection, int recordNumber)
    {
        string text = Texts[(int)rejection.Code].Replace(Field, rejection.Field, StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{text}Skipped record number : {recordNumber}");
    }
}
