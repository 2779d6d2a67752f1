namespace CleverTap.Rudder.Tool.CheckAccount.Claims;

/// <summary>The sources of the claims.</summary>
internal static class Sources
{
    public const string ApiErrors = "CleverTap docs, API errors";
    public const string Authentication = "CleverTap docs, authentication";
    public const string ClientSdk = "CleverTap's SDKs";
    public const string CommonComponents = "CleverTap docs, common API components";
    public const string DeleteProfiles = "CleverTap docs, delete user profile API";
    public const string DeviceTokens = "CleverTap docs, upload device tokens API";
    public const string EventsObject = "CleverTap docs, events object";
    public const string Imports = "CleverTap docs, imports";
    public const string NodeClient = "CleverTap's node client";
    public const string ObservedResponses = "observed responses of CleverTap";
    public const string OtherClients = "requests of other clients";
    public const string PlatformConsiderations = "CleverTap docs, platform considerations";
    public const string RevenueView = "CleverTap docs, revenue view";
    public const string SubscribeApi = "CleverTap docs, subscribe API";
    public const string Undocumented = "not documented";
    public const string UploadEvents = "CleverTap docs, upload events API";
    public const string UploadProfiles = "CleverTap docs, upload user profiles API";
}
