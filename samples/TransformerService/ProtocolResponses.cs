using System.Buffers;
using CleverTap.Rudder;

namespace TransformerService;

/// <summary>Sends responses with the API version, as JSON, and errors in the form of the protocol.</summary>
internal static partial class ProtocolResponses
{
    /// <summary>Writes the body of a response and returns its status.</summary>
    public delegate ValueTask<int> BodyHandler(ReadOnlyMemory<byte> body, IBufferWriter<byte> response);

    /// <summary>Responds to a failed request in the form of the protocol.</summary>
    public static void UseProtocolErrors(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                catch (Exception exception) when (!context.Response.HasStarted)
                {
                    (int status, ErrorResponse error) = ToError(exception);
                    if (status >= 500)
                    {
                        RequestFailed(app.Logger, exception);
                    }

                    context.Response.Clear();
                    context.Response.SetApiVersion();
                    context.Response.StatusCode = status;
                    await context.Response.WriteAsJsonAsync(error, ServiceJson.Default.ErrorResponse);
                }
            }
        );

    /// <summary>Reads the body of a request and sends the response of a handler.</summary>
    public static async Task RespondAsync(this HttpContext context, BodyHandler handle)
    {
        using RequestBody body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        await context.RespondAsync(body.Json, handle);
    }

    /// <summary>Sends the response of a handler.</summary>
    public static async Task RespondAsync(this HttpContext context, ReadOnlyMemory<byte> body, BodyHandler handle)
    {
        context.Response.SetApiVersion();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.StatusCode = await handle(body, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void SetApiVersion(this HttpResponse response) =>
        response.Headers[RudderTransformerProtocol.ApiVersionHeader] = RudderTransformerProtocol.ApiVersion;

    private static (int Status, ErrorResponse Error) ToError(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, new ErrorResponse(bad.Message)),
            InvalidDataException => (
                StatusCodes.Status400BadRequest,
                new ErrorResponse("The body is not compressed as its Content-Encoding says")
            ),
            OperationCanceledException or IOException => (StatusCodes.Status400BadRequest, new ErrorResponse("Request aborted")),
            _ => (StatusCodes.Status500InternalServerError, new ErrorResponse("Internal Server Error", exception.GetType().Name)),
        };

    [LoggerMessage(1, LogLevel.Error, "A request failed")]
    private static partial void RequestFailed(ILogger logger, Exception exception);
}
