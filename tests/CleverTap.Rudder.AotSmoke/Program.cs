using CleverTap.Rudder.AotSmoke;

if (args is ["startup-host", var endpoint, .. var flags])
{
    await StartupHost.RunAsync(endpoint, isValidated: !flags.Contains("--no-validation"));
    return 0;
}

// Runs everything that a host does with the library as a native binary, without reflection or code generated at run time.
var checks = new Checks();
foreach (SmokeCase smokeCase in SmokeCase.ReadAll())
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
