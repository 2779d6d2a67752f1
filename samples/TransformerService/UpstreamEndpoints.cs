namespace TransformerService;

/// <summary>Maps the routes that an upstream handles.</summary>
internal static class UpstreamEndpoints
{
    /// <summary>Forwards all other routes. The features come from the upstream, because it supports all destinations.</summary>
    public static void MapUpstream(this WebApplication app)
    {
        foreach (string path in new[] { "/features", "/{**path}" })
        {
            app.Map(path, (HttpContext context, Upstream upstream) => upstream.ForwardAsync(context))
                .WithMetadata(new Forwarded())
                .ExcludeFromDescription();
        }
    }
}

/// <summary>Marks a route whose requests are forwarded unchanged.</summary>
internal sealed class Forwarded;
