using Microsoft.Extensions.Options;

namespace CleverTap.Rudder;

/// <summary>Every error of the options in one message. It never quotes the passcode.</summary>
internal sealed class CleverTapOptionsValidator : IValidateOptions<CleverTapOptions>
{
    public ValidateOptionsResult Validate(string? name, CleverTapOptions options)
    {
        List<string> errors = [];
        Require(!string.IsNullOrWhiteSpace(options.AccountId), "AccountId is missing");
        Require(!string.IsNullOrWhiteSpace(options.Passcode), "Passcode is missing");
        Require(IsHeaderValue(options.AccountId), "AccountId holds characters that no HTTP header can carry");
        Require(IsHeaderValue(options.Passcode), "Passcode holds characters that no HTTP header can carry");
        Require(CleverTapEndpoint.IsRegion(options.Region), "Region may hold lower-case letters, digits and hyphens, such as in1");
        Require(options.Endpoint is null || options.Endpoint.IsAbsoluteUri, "Endpoint must be an absolute address");
        Require(options.Endpoint is not { IsAbsoluteUri: true } || IsSafe(options.Endpoint), "Endpoint must be https, unless it is a loopback address");
        Require(options.Mapping is not null, "Mapping is missing");
        Require(options.Timeout > TimeSpan.Zero, $"Timeout must be positive, not {options.Timeout}");
        Require(
            options.MaxBatchRecords is >= 1 and <= CleverTapOptions.RecordsPerUpload,
            $"MaxBatchRecords must be 1 to {CleverTapOptions.RecordsPerUpload}, not {options.MaxBatchRecords}");
        Require(options.MaxBatchBytes > 0, $"MaxBatchBytes must be positive, not {options.MaxBatchBytes}");

        if (errors.Count == 0) return ValidateOptionsResult.Success;
        string destination = string.IsNullOrEmpty(name) ? "CleverTap destination" : $"CleverTap destination '{name}'";
        return ValidateOptionsResult.Fail($"{destination}: {string.Join("; ", errors)}.");

        void Require(bool met, string error)
        {
            if (!met) errors.Add(error);
        }
    }

    private static bool IsSafe(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback);

    private static bool IsHeaderValue(string? value) => value is null || value.All(character => character is >= ' ' and < '\x7F');
}
