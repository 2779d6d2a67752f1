using TransformerService;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
    builder.WebHost.UseUrls($"http://*:{builder.Configuration["PORT"] ?? "9090"}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes);
builder.Services.AddRudderTransformer(builder.Configuration.GetSection("CleverTap"));
builder.Services.AddRequestDecompression();
builder.Services.AddOpenApi("v1");
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));

WebApplication app = builder.Build();
app.UseProtocolAnswers();
app.UseRequestDecompression();
app.MapOpenApi();
app.MapAbout();
app.MapTransformations();
app.MapDelivery();
await app.RunAsync();
