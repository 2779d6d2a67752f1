using Microsoft.Extensions.Logging;

namespace CleverTap.Rudder;

/// <summary>What every background queue is made of, whatever it keeps its events in.</summary>
internal sealed record QueueParts<TOptions>(
    string Name, TOptions Options, FinalDelivery Delivery, OutcomeHandlers Handlers, CleverTapMetrics Metrics, ILogger Logger, TimeProvider Time)
    where TOptions : BackgroundDeliveryOptions;
