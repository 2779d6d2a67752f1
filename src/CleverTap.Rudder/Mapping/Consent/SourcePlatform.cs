namespace CleverTap.Rudder;

/// <summary>Where an event comes from, as far as the event itself says so; see <see cref="ConsentRequirement.Platform"/>.</summary>
public enum SourcePlatform
{
    /// <summary>Web pages: <c>channel</c> is <c>web</c>.</summary>
    Web,

    /// <summary>Android apps: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is no system of Apple's.</summary>
    Android,

    /// <summary>Apps on Apple's systems: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is not Android.</summary>
    Ios,

    /// <summary>Servers: any other <c>channel</c>, or none.</summary>
    Server,

    /// <summary>Warehouses (reverse ETL): <c>channel</c> is <c>sources</c>.</summary>
    Warehouse,
}
