namespace CleverTap.Rudder;

/// <summary>Specifies platforms on which RudderStack can send events through CleverTap's own SDK (device mode).</summary>
[Flags]
public enum NativeSdkPlatforms
{
    /// <summary>No platform: this library sends every event.</summary>
    None = 0,

    /// <summary>Web pages: <c>channel</c> is <c>web</c>.</summary>
    Web = 1,

    /// <summary>Android apps: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is Android.</summary>
    Android = 2,

    /// <summary>Apps on iOS, iPadOS, tvOS and watchOS: <c>channel</c> is <c>mobile</c> and <c>context.os.name</c> is one of them.</summary>
    Ios = 4,

    /// <summary>
    /// Apps built with React Native: <c>channel</c> is <c>mobile</c> and <c>context.library.name</c> contains <c>react</c>. For such an
    /// event only this flag counts, and not its operating system.
    /// </summary>
    /// <remarks>
    /// RudderStack's React Native SDK wraps the Android and iOS SDKs. In versions 1 to 3 its events carry the library names of these
    /// SDKs and look like their events. Set <see cref="Android"/> and <see cref="Ios"/> too if all your apps are built
    /// with React Native; <c>RudderDestinationConfig.Parse</c> does so for the source type <c>reactnative</c>. Without these flags such
    /// an event is sent twice rather than lost.
    /// </remarks>
    ReactNative = 8,

    /// <summary>All platforms.</summary>
    All = Web | Android | Ios | ReactNative,
}
