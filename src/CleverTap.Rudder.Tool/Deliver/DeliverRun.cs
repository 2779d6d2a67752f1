using CleverTap.Rudder.Tool.Input;

namespace CleverTap.Rudder.Tool.Deliver;

/// <summary>What the command line asks of <c>deliver</c>.</summary>
internal sealed record DeliverRun
{
    public required DeliverySettings Settings { get; init; }

    /// <summary>The input; null for standard input.</summary>
    public string? File { get; init; }

    /// <summary>The file of the outbox; null to deliver without one.</summary>
    public string? Outbox { get; init; }

    /// <summary>Whether to read no input, and to deliver what the outbox holds.</summary>
    public bool Resume { get; init; }

    public bool UsesEmulator { get; init; }

    public bool IsJson { get; init; }

    public string Describe(InputFile? input) => $"RudderStack events to CleverTap: {input?.Name ?? $"what is left in the outbox {Outbox}"}";

    public string DescribeTarget()
    {
        string account = Settings.Account is { } known ? $"account {known.Id}" : "the accounts of the events";
        string target = UsesEmulator ? "the emulator in this process" : account;
        string address = Settings.Endpoint is null || UsesEmulator ? "" : $" at {Settings.Endpoint}";
        string dryRun = Settings.DryRun ? ". Dry run: CleverTap checks the records and stores nothing" : "";
        return $"Delivered to {target}{address}{dryRun}.";
    }
}
