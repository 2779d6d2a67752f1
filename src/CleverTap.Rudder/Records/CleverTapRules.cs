using System.Buffers;
using System.Collections.Frozen;
using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Records;

/// <summary>Contains CleverTap's limits, reserved names and field formats.</summary>
/// <remarks>
/// The transformer warns about violations and the emulator rejects them. The sources are CleverTap's pages on the upload API, its error
/// table and its platform considerations.
/// </remarks>
internal static class CleverTapRules
{
    public const int RecordsPerUpload = 1000;
    public const int TokensPerUpload = 100;
    public const int RequestsInFlight = 15;
    public const int UsersPerCall = 100;

    /// <summary>The default limit of an account. CleverTap raises it on request (older pages said 256).</summary>
    public const int EventProperties = 100;
    public const int ProfileFields = 256;
    public const int NameBytes = 120;
    public const int EventNameBytes = 512;
    public const int ValueBytes = 512;
    public const int ItemsPerCharge = 256;
    public const int IdentityBytes = 1023;
    public const int ObjectIdCharacters = 64;
    public const int ValuesPerAttribute = 100;

    /// <summary>The maximum nesting depth of a field in an account with Nested Objects.</summary>
    public const int NestedLevels = 3;

    public const string ChargedEvent = "Charged";

    public static readonly SearchValues<byte> ProhibitedInNames = SearchValues.Create("%><!|&.:;$'\"\\"u8);
    public static readonly SearchValues<byte> ProhibitedInProfileNames = SearchValues.Create("%><!|&.:;$'\"\\#"u8);

    /// <summary>The names of CleverTap's system events. CleverTap ignores case and spaces when it compares names.</summary>
    public static readonly NameSet ReservedEventNames = new(
        spacesCount: false,
        "Notification Sent",
        "Notification Viewed",
        "Notification Clicked",
        "Notification Delivered",
        "Notification Replied",
        "Notification Bounced",
        "UTM Visited",
        "App Launched",
        "App Uninstalled",
        "App Version Changed",
        "Stayed",
        "Reply Sent",
        "Experiment Rendered",
        "Reachable By",
        "Identity Reset",
        "Identity Set",
        "Identity Error",
        "Geocluster Entered",
        "Geocluster Exited",
        "SCOutgoing",
        "SCIncoming",
        "SCEnd",
        "SCCampaignOptOut",
        "wzrk_d",
        "Web Page Viewed"
    ); // CleverTap rejects the last one in practice, although no page lists it.

    /// <summary>Texts that CleverTap treats as a missing identity, in any case.</summary>
    public static readonly NameSet RejectedIdentities = new(
        spacesCount: true,
        "undefined",
        "null",
        "na",
        "n/a",
        "0",
        "nil",
        "-1",
        "infinity",
        "-infinity",
        "inf",
        "-inf",
        "nan",
        "-nan",
        "empty",
        "xxxxxx",
        "none"
    );

    /// <summary>The standard profile fields and the values that CleverTap accepts.</summary>
    /// <remarks>Without a code, CleverTap stores other values as plain text.</remarks>
    public static readonly FrozenDictionary<FieldName, StandardField> StandardFields = new StandardField[]
    {
        new("Name"),
        new("Email", 515, "an e-mail address", StandardField.IsEmail),
        new("Phone", 516, "text of the form +<country code><number>", StandardField.IsPhone),
        new("Gender", 514, "m, male, f, female, o, others, u or unknown, in any case", StandardField.IsGender),
        new("DOB", null, "$D_<seconds since 1970>", StandardField.IsDate),
        new("Employed", 517, "Y or N", StandardField.IsYesOrNo),
        new("Education", 518, "School, College or Graduate", StandardField.IsEducation),
        new("Married", 519, "Y or N", StandardField.IsYesOrNo),
        new("Age", 520, "a number", StandardField.IsNumber),
        new("Customer Type"),
        new("Photo"),
        new("Tz"),
        new("Timezone"),
        new("FBID"),
        new("GPID"),
        new("identity", null, "an id", StandardField.IsIdentityText) { IsIdentity = true },
    }.ToFrozenDictionary(field => field.Name);

    /// <summary>The genders that CleverTap accepts, in any case.</summary>
    /// <remarks>Its pages name only M and F, but its web SDK and backend accept all of these.</remarks>
    public static readonly NameSet Genders = new(spacesCount: true, "m", "male", "f", "female", "o", "others", "u", "unknown");

    /// <summary>The profile fields that CleverTap may read as an identity.</summary>
    public static readonly LooseNames IdentityNames = new("identity", "objectId", "fbId", "gpId");

    /// <summary>The flags by which a user opts out of messages.</summary>
    public static readonly LooseNames MessagingFlags = new(
        "MSG-email",
        "MSG-push",
        "MSG-push-all",
        "MSG-webpush",
        "MSG-sms",
        "MSG-whatsapp",
        "MSG-dndEmail",
        "MSG-dndPhone",
        "MSG-dndSMS",
        "MSG-dndWhatsApp"
    );

    private static readonly SearchValues<byte> ObjectIdLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789()!:@$_-"u8
    );

    /// <summary>Whether a text is a valid CleverTap id of a device (CleverTap docs, "set CleverTap ID").</summary>
    public static bool IsObjectId(ReadOnlySpan<byte> text) =>
        text.Length is >= 1 and <= ObjectIdCharacters && !text.ContainsAnyExcept(ObjectIdLetters);

    /// <summary>The push services whose tokens CleverTap accepts.</summary>
    public static readonly FrozenSet<string> TokenTypes = new[] { "chrome", "fcm", "gcm", "apns", "wns", "mpns" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    /// <summary>The one property of a Charged event that may be nested.</summary>
    public static readonly FieldName Items = "Items";

    /// <summary>The two profile fields for subscription groups, which CleverTap expects as nested values.</summary>
    public static readonly FieldName CategoryUnsubscribe = "category-unsubscribe";
    public static readonly FieldName CategoryResubscribe = "category-resubscribe";

    /// <summary>The same two fields, in any spelling.</summary>
    public static readonly LooseNames SubscriptionGroups = new(CategoryUnsubscribe.ToString(), CategoryResubscribe.ToString());

    public static bool IsSubscriptionGroup(FieldName name) => name.Equals(CategoryUnsubscribe) || name.Equals(CategoryResubscribe);
}
