using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Options;

/// <summary>Reads the settings of a <c>Config</c> object, for one source type or for all source types.</summary>
internal sealed class DestinationConfigReader(JsonSlice config, string? sourceType)
{
    private const string EventName = "eventName";

    public RudderDestinationConfig Read()
    {
        string? filtering = Text("eventFilteringOption");
        return new RudderDestinationConfig
        {
            AccountId = Text("accountId"),
            Passcode = Text("passcode"),
            Region = config.Member("region"u8) is { IsTruthy: true } region ? region.ToText() : null,
            TrackAnonymous = Switch("trackAnonymous"),
            EnableObjectIdMapping = Switch("enableObjectIdMapping"),
            NativeSdk = new NativeSdkSetting(sourceType).Read(config),
            Consent = new ConsentSettings(sourceType).Read(config),
            WebAllowEvents = filtering == "whitelistedEvents" ? ConfigValues.Texts(Member("whitelistedEvents"), EventName) : null,
            WebDenyEvents = filtering switch
            {
                "blacklistedEvents" => ConfigValues.Texts(Member("blacklistedEvents"), EventName),
                "disable" => [],
                _ => null,
            },
        };
    }

    private JsonSlice Member(string name) => config.Member(JsonText.Encode(name));

    private string? Text(string name) => Member(name).ToText();

    private bool? Switch(string name) => Member(name) is { IsMissing: false } value ? value.IsTruthy : null;
}
