namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>The parts that are omitted from a letter that is too large. Each value includes those before it.</summary>
internal enum DeadLetterPart
{
    None,
    Value,
    Headers,
    Key,
}
