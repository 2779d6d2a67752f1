using CleverTap.Rudder;
using TwoBrands;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<Rejects>();
builder.Services.AddCleverTapDestination("shoes", builder.Configuration.GetSection("CleverTap:Shoes"));
builder
    .Services.AddCleverTapDestination("hats", builder.Configuration.GetSection("CleverTap:Hats"))
    .FilterEvents(rudderEvent => rudderEvent is not TrackEvent { Event: "Shoe Size Chosen" });
builder
    .Services.AddCleverTapRouting(rudderEvent => rudderEvent.Context.TryGetString("brand", out string? brand) ? brand : null)
    .EditEvents<LowerCaseIds>()
    .AddSqliteOutbox(builder.Configuration.GetSection("Outbox"))
    .AddDeadLetterHandler<Rejects>();

WebApplication app = builder.Build();
app.MapRudderEvents("/rudder", app.Configuration.GetSection("Webhook"));
await app.RunAsync();
