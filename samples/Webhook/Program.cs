using CleverTap.Rudder;
using Microsoft.Extensions.Options;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
    builder.Configuration["Outbox:Database"] ??= "clevertap.db";
    builder.Configuration["Webhook:Secret"] ??= ""; // An empty secret is an error, so that the host does not start without one.
    builder
        .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
        .AddSqliteOutbox(builder.Configuration.GetSection("Outbox"));
    builder.Services.AddHealthChecks().AddCleverTapDestination();

    WebApplication app = builder.Build();
    app.MapHealthChecks("/health");
    app.MapRudderEvents("/rudder", app.Configuration.GetSection("Webhook"));
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or SqliteOutboxException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
