namespace CleverTap.Rudder;

/// <summary>Specifies the platform of an event, as the event itself describes it.</summary>
/// <remarks>See <see cref="ConsentRequirement.Platform"/>.</remarks>
public enum SourcePlatform
{
    /// <summary>Web pages: <c>channel</c> is <c>web</c>.</summary>
    Web,

    /// <summary>Android apps: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is not a system of Apple.</summary>
    Android,

    /// <summary>Apps on Apple's systems: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is not Android.</summary>
    Ios,

    /// <summary>Servers: <c>channel</c> has any other value, or is missing.</summary>
    Server,

    /// <summary>Warehouses (reverse ETL): <c>channel</c> is <c>sources</c>.</summary>
    Warehouse,
}
