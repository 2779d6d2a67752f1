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
    builder.Services.AddSingleton<Receiver>();
    var secret = Secret.From(builder.Configuration);

    WebApplication app = builder.Build();
    app.MapHealthChecks("/health");
    app.MapPost("/rudder", (HttpRequest request, Receiver receiver, CancellationToken cancellationToken) => receiver.ReceiveAsync(request, cancellationToken)).AddEndpointFilter(secret.CheckAsync);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or SqliteOutboxException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
