using CleverTap.Rudder.AotSmoke;

// Everything that a host does with the library, as a native binary: nothing may need reflection or code made at run time.
var checks = new Checks();
foreach (SmokeCase smokeCase in SmokeCase.All())
{
    TransformChecks.Run(checks, smokeCase);
}

BuiltEventChecks.Run(checks);
SerializationChecks.Run(checks);
ProtocolChecks.Run(checks);
await DeliveryChecks.RunAsync(checks);
await HostRuleChecks.RunAsync(checks);
await OptionsChecks.RunAsync(checks);
return checks.GetExitCode();
