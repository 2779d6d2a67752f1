namespace TransformerService;

/// <summary>The routes of an original rudder-transformer beside this one.</summary>
internal static class UpstreamEndpoints
{
    /// <summary>Everything that the service has no route for. What can be done is for the upstream to say: it does CleverTap too.</summary>
    public static void MapUpstream(this WebApplication app)
    {
        foreach (string path in new[] { "/features", "/{**path}" })
        {
            app.Map(path, (HttpContext context, Upstream upstream) => upstream.ForwardAsync(context))
                .WithMetadata(new PassedOn())
                .ExcludeFromDescription();
        }
    }
}

/// <summary>Marks a route whose requests are passed on as they came.</summary>
internal sealed class PassedOn;
