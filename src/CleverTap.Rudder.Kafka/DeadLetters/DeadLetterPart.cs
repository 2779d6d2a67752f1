namespace CleverTap.Rudder.Internal.Kafka.DeadLetters;

/// <summary>What a letter that is too large is written without: each step includes those before.</summary>
internal enum DeadLetterPart
{
    None,
    Value,
    Headers,
    Key,
}
