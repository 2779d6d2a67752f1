using CleverTap.Rudder;

namespace TransformerService;

/// <summary>Maps the routes that transform events.</summary>
internal static class TransformEndpoints
{
    public static void MapTransformations(this WebApplication app)
    {
        app.MapPost("/v0/destinations/{destination}", ProcessAsync)
            .Accepts<ProcessorJob[]>("application/json", "*/*")
            .Produces<ProcessorItem[]>()
            .Produces<ErrorResponse>(400)
            .Produces<ErrorResponse>(404)
            .Produces<ErrorResponse>(413)
            .WithSummary("Transforms for the processor: an item for each record, or one with an error, for each job")
            .WithTags("Transform");
        app.MapPost("/routerTransform", RouteAsync)
            .Accepts<RouterRequest>("application/json", "*/*")
            .Produces<RouterResponse>()
            .Produces<ErrorResponse>(400)
            .Produces<ErrorResponse>(404)
            .Produces<ErrorResponse>(413)
            .WithSummary("Transforms for the router: batches of up to 1000 records, then the errors")
            .WithTags("Transform");
    }

    private static Task ProcessAsync(HttpContext context, string destination, RudderTransformerProtocol protocol, Upstream upstream) =>
        upstream.RespondAsync(
            context,
            _ => destination,
            (body, response) =>
                new(
                    RudderTransformerProtocol.IsCleverTap(destination)
                        ? protocol.Process(body, response)
                        : RudderTransformerProtocol.RejectDestination(destination, response)
                )
        );

    private static Task RouteAsync(HttpContext context, RudderTransformerProtocol protocol, Upstream upstream) =>
        upstream.RespondAsync(context, RudderTransformerProtocol.ReadDestType, (body, response) => new(protocol.Route(body, response)));
}
