using System.Buffers;
using CleverTap.Rudder;

namespace TransformerService;

/// <summary>What all answers have in common: the API's version, JSON, and errors in the protocol's own form.</summary>
internal static partial class ProtocolAnswers
{
    /// <summary>Writes the response's body and tells its status.</summary>
    public delegate ValueTask<int> Answerer(ReadOnlyMemory<byte> body, IBufferWriter<byte> response);

    /// <summary>Answers in the protocol's form whatever goes wrong with a request as a whole.</summary>
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
                    (int status, ErrorResponse error) = Of(exception);
                    if (status >= 500)
                    {
                        Unanswered(app.Logger, exception);
                    }

                    context.Response.Clear();
                    context.Response.SetApiVersion();
                    context.Response.StatusCode = status;
                    await context.Response.WriteAsJsonAsync(error, ServiceJson.Default.ErrorResponse);
                }
            }
        );

    /// <summary>Reads the request's body and sends what comes of it.</summary>
    public static async Task ResponseAsync(this HttpContext context, Answerer response)
    {
        using RequestBody body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        await context.ResponseAsync(body.Json, response);
    }

    /// <summary>Sends what comes of a body.</summary>
    public static async Task ResponseAsync(this HttpContext context, ReadOnlyMemory<byte> body, Answerer response)
    {
        context.Response.SetApiVersion();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.StatusCode = await response(body, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void SetApiVersion(this HttpResponse response) =>
        response.Headers[RudderTransformerProtocol.ApiVersionHeader] = RudderTransformerProtocol.ApiVersion;

    private static (int Status, ErrorResponse Error) Of(Exception exception) =>
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

    [LoggerMessage(1, LogLevel.Error, "A request could not be answered")]
    private static partial void Unanswered(ILogger logger, Exception exception);
}
