using Microsoft.Extensions.Options;
using TransformerService;
using Yarp.ReverseProxy.Forwarder;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
    );
    if (builder.Configuration["urls"] is null)
    {
        builder.WebHost.UseUrls($"http://*:{Settings.Port(builder.Configuration)}");
    }

    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes);
    builder.Services.AddRudderTransformer(builder.Configuration.GetSection("CleverTap"));
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Settings.ShutdownTimeout);
    Uri? upstream = Settings.Upstream(builder.Configuration);
    builder.Services.AddHttpForwarder();
    builder.Services.AddSingleton(provider => new Upstream(provider.GetRequiredService<IHttpForwarder>(), upstream));
    builder.Services.AddRequestDecompression();
    builder.Services.AddOpenApi("v1");
    builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));

    WebApplication app = builder.Build();
    app.UseRouting();
    app.UseProtocolErrors();
    app.UseWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<Forwarded>() is null, read => read.UseRequestDecompression());
    app.MapOpenApi();
    app.MapAbout();
    app.MapTransformations();
    app.MapDelivery();
    if (upstream is not null)
    {
        app.MapUpstream();
    }

    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
