using CleverTap.Rudder;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder
    .Services.AddCleverTapDestination(builder.Configuration.GetSection("CleverTap"))
    .AddBackgroundDelivery()
    .AddOutcomeHandler((_, outcome) => Console.Out.WriteLineAsync(outcome.Kind.ToString()));
WebApplication app = builder.Build();
app.MapPost("/rudder", (RudderEvent e, ICleverTapQueue queue, CancellationToken token) => queue.EnqueueAsync(e, token));
app.Run();
