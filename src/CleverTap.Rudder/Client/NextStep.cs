namespace CleverTap.Rudder.Internal.Client;

/// <summary>The step that follows a response.</summary>
internal enum NextStep
{
    /// <summary>The response has a result for each record: write the outcomes.</summary>
    Evaluate,

    /// <summary>The upload failed: isolate the bad record, or wait until CleverTap works again.</summary>
    IsolateOrWait,

    /// <summary>CleverTap is busy: wait, and reduce the number of uploads in flight.</summary>
    Throttle,

    /// <summary>CleverTap rejected the whole upload: halve it to find the bad record.</summary>
    Split,

    /// <summary>CleverTap rejected the only record of the upload.</summary>
    Reject,

    /// <summary>The events of the upload are Undelivered.</summary>
    GiveUp,

    /// <summary>No upload can succeed: the credentials are refused.</summary>
    Stop,
}
