namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>Why a job gets no request, as the protocol tells it.</summary>
/// <param name="Status">The job's status code: 400 for what no retry mends, 298 for an event that is not meant for CleverTap.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Category">What is to blame.</param>
internal readonly record struct JobError(int Status, string Message, ErrorCategory Category)
{
    public const int Filtered = 298;

    public static JobError From(EventError error) => new(400, error.Message, ErrorCategory.Instrumentation);

    public static JobError From(FilterReason reason) => new(Filtered, $"Filtered: {reason}", ErrorCategory.Instrumentation);
}

/// <summary>What is to blame, in the words of the protocol's <c>statTags</c>.</summary>
internal enum ErrorCategory
{
    /// <summary>The event.</summary>
    Instrumentation,

    /// <summary>The destination's settings.</summary>
    Configuration,

    /// <summary>The request, which no rudder-server sends.</summary>
    Transformation,
}
