using System.Reflection;

namespace CleverTap.Rudder.Tests.House;

/// <summary>How the assemblies are built.</summary>
public sealed class BuildTests
{
#if DEBUG
    [Test]
    public void Debug_build_does_not_depend_on_the_commit() =>
        Assert.That(
            typeof(CleverTapTransformer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            Does.Not.Contain("+")
        );
#endif
}
