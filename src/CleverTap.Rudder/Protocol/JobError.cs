namespace CleverTap.Rudder.Internal.Protocol;

/// <summary>The reason why a job has no request, in the terms of the protocol.</summary>
/// <param name="Status">The status of the job: 400 if a retry cannot help, 298 for an event that is not meant for CleverTap.</param>
/// <param name="Message">The error text.</param>
/// <param name="Category">The cause of the error.</param>
internal readonly record struct JobError(int Status, string Message, ErrorCategory Category)
{
    public const int Filtered = 298;

    public static JobError From(EventError error) => new(400, error.Message, ErrorCategory.Instrumentation);

    public static JobError From(FilterReason reason) => new(Filtered, $"Filtered: {reason}", ErrorCategory.Instrumentation);
}

/// <summary>The cause of an error, as the protocol's <c>statTags</c> distinguish it.</summary>
internal enum ErrorCategory
{
    /// <summary>The event.</summary>
    Instrumentation,

    /// <summary>The settings of the destination.</summary>
    Configuration,

    /// <summary>The request itself. rudder-server does not send such a request.</summary>
    Transformation,
}
