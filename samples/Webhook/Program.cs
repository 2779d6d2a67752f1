using CleverTap.Rudder;
using Microsoft.Extensions.Options;
using Webhook;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
    builder.Configuration["Outbox:Database"] ??= "clevertap.db";
    builder.Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
        .AddSqliteOutbox(builder.Configuration.GetSection("Outbox"));
    builder.Services.AddHealthChecks().AddCleverTapDestination();
    builder.Services.AddRequestDecompression();
    builder.Services.AddSingleton<Receiver>();
    var limit = BodyLimit.From(builder.Configuration);
    builder.Services.AddSingleton(limit);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = limit.MaxBytes);
    var secret = Secret.From(builder.Configuration);

    WebApplication app = builder.Build();
    app.UseRequestDecompression();
    app.MapHealthChecks("/health");
    app.MapPost("/rudder", (HttpRequest request, Receiver receiver, CancellationToken token) => receiver.ReceiveAsync(request, token))
        .AddEndpointFilter(secret.CheckAsync);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or SqliteOutboxException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
