using System.Reflection;
using CleverTap.Rudder;

namespace TransformerService;

/// <summary>Maps the routes that describe the service.</summary>
internal static class AboutEndpoints
{
    private static readonly string Version =
        typeof(RudderTransformerProtocol).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "Version Info not found";

    public static void MapAbout(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<Upstream>().IsConfigured)
        {
            app.MapGet("/features", () => Results.Bytes(RudderTransformerProtocol.Features, "application/json; charset=utf-8"))
                .Produces<Features>()
                .WithSummary("What rudder-server may ask for")
                .WithTags("About");
        }

        app.MapGet("/health", () => new Health("UP", Version)).WithSummary("Whether the service is up").WithTags("About");
        foreach (string path in new[] { "/version", "/buildVersion", "/transformerBuildVersion" })
        {
            app.MapGet(path, () => Version).WithSummary("The library's version").WithTags("About");
        }
    }
}
