using System.Text;
using CleverTap.Rudder.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder.AotSmoke;

/// <summary>Builds a host whose destination and background delivery are configured with JSON.</summary>
internal static class SmokeHost
{
    /// <param name="cleverTap">The target of the delivery.</param>
    /// <param name="more">Further members of the destination's section, after a comma.</param>
    /// <param name="mapping">Further members of the mapping section, after a comma.</param>
    public static IHost Build(CleverTapEmulator cleverTap, string more = "", string mapping = "")
    {
        string settings = $$$$"""
            {"CleverTap":{"AccountId":"{{{{cleverTap.AccountId}}}}","Passcode":"{{{{cleverTap.Passcode}}}}","Endpoint":"{{{{cleverTap.Endpoint}}}}","MaxInFlight":2,"Timeout":"00:00:20",
             "Mapping":{"Preset":"Default","EnableObjectIdMapping":true,"Timestamps":"EventTime"{{{{mapping}}}}},"Background":{"FlushSize":10,"FlushInterval":"00:00:00.050"}{{{{more}}}}}}
            """;
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings)));
        builder.Logging.ClearProviders();
        IConfigurationSection section = builder.Configuration.GetSection("CleverTap");
        builder.Services.AddCleverTapDestination(section).AddBackgroundDelivery(section.GetSection("Background"));
        builder.Services.AddHealthChecks().AddCleverTapDestination();
        return builder.Build();
    }
}
