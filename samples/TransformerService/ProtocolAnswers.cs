using System.Buffers;
using CleverTap.Rudder;

namespace TransformerService;

/// <summary>What all answers have in common: the API's version, JSON, and errors in the protocol's own form.</summary>
internal static partial class ProtocolAnswers
{
    /// <summary>Writes the answer's body and tells its status.</summary>
    public delegate ValueTask<int> Answerer(ReadOnlyMemory<byte> body, IBufferWriter<byte> answer);

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
                    (int status, ErrorAnswer error) = Of(exception);
                    if (status >= 500)
                    {
                        Unanswered(app.Logger, exception);
                    }

                    context.Response.Clear();
                    context.Response.SetApiVersion();
                    context.Response.StatusCode = status;
                    await context.Response.WriteAsJsonAsync(error, ServiceJson.Default.ErrorAnswer);
                }
            }
        );

    /// <summary>Reads the request's body and sends what comes of it.</summary>
    public static async Task AnswerAsync(this HttpContext context, Answerer answer)
    {
        using RequestBody body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        await context.AnswerAsync(body.Json, answer);
    }

    /// <summary>Sends what comes of a body.</summary>
    public static async Task AnswerAsync(this HttpContext context, ReadOnlyMemory<byte> body, Answerer answer)
    {
        context.Response.SetApiVersion();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.StatusCode = await answer(body, context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void SetApiVersion(this HttpResponse response) =>
        response.Headers[RudderTransformerProtocol.ApiVersionHeader] = RudderTransformerProtocol.ApiVersion;

    private static (int Status, ErrorAnswer Error) Of(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, new ErrorAnswer(bad.Message)),
            InvalidDataException => (
                StatusCodes.Status400BadRequest,
                new ErrorAnswer("The body is not compressed as its Content-Encoding says")
            ),
            OperationCanceledException or IOException => (StatusCodes.Status400BadRequest, new ErrorAnswer("Request aborted")),
            _ => (StatusCodes.Status500InternalServerError, new ErrorAnswer("Internal Server Error", exception.GetType().Name)),
        };

    [LoggerMessage(1, LogLevel.Error, "A request could not be answered")]
    private static partial void Unanswered(ILogger logger, Exception exception);
}
