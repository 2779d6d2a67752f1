using CleverTap.Rudder;

namespace TransformerService;

/// <summary>Maps the routes that send requests to CleverTap.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDelivery(this WebApplication app)
    {
        app.MapPost("/v{version:int:range(0,1)}/destinations/{destination}/proxy", ProxyAsync)
            .Accepts<ProxyRequest>("application/json", "*/*")
            .Produces<ProxyResponse>()
            .Produces<ErrorResponse>(400)
            .Produces<ErrorResponse>(404)
            .WithSummary("Sends a request to CleverTap; version 1 has a status for each job")
            .WithTags("Deliver");
        app.MapPost("/deleteUsers", DeleteUsersAsync)
            .Accepts<DeleteUsersJob[]>("application/json", "*/*")
            .Produces<DeleteUsersItem[]>()
            .Produces<ErrorResponse>(400)
            .Produces<ErrorResponse>(404)
            .WithSummary("Deletes users' profiles")
            .WithTags("Deliver");
    }

    private static Task ProxyAsync(HttpContext context, int version, string destination, RudderTransformerProxy proxy, Upstream upstream) =>
        upstream.RespondAsync(
            context,
            _ => destination,
            (body, response) =>
                RudderTransformerProtocol.IsCleverTap(destination)
                    ? new(proxy.DeliverAsync(version, body, response, context.RequestAborted))
                    : new(RudderTransformerProtocol.RejectDestination(destination, response))
        );

    private static Task DeleteUsersAsync(HttpContext context, RudderTransformerProxy proxy, Upstream upstream) =>
        upstream.RespondAsync(
            context,
            RudderTransformerProtocol.ReadDestType,
            (body, response) => new(proxy.DeleteUsersAsync(body, response, context.RequestAborted))
        );
}
