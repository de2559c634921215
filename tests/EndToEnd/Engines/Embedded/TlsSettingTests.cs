using AwoooP.Systems;

namespace AwoooP.EndToEnd.Engines;

/// <summary>Of the embedded engine alone: Orleans refuses every setting of TLS, see its <c>EndpointSettingTests</c>.</summary>
public sealed class TlsSettingTests
{
    [Fact]
    public async Task Start_WithTlsAndNoCertificateThatCanBeUsed_IsRefusedInOneLine()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });
        var noCertificate = Path.Combine(system.Folder, "note.txt");
        await File.WriteAllTextAsync(noCertificate, "a note");
        var missing = Path.Combine(system.Folder, "missing.crt");

        (await RefusalAsync("Both", ("Required", "false"))).ShouldContain("Silo:Tls:CertificateFile must be a PEM file of this silo's certificate; it is empty.");
        (await RefusalAsync("Both", ("CertificateFile", missing))).ShouldContain($"Silo:Tls:CertificateFile must be a PEM file of a certificate that this process can read, with its private key there or in Silo:Tls:KeyFile; it is '{missing}'.");
        (await RefusalAsync("Both", ("CertificateFile", noCertificate))).ShouldContain($"it is '{noCertificate}'.");
        (await RefusalAsync("Front", ("KeyFile", noCertificate))).ShouldContain("Silo:Tls:CertificateFile must be a PEM file of this silo's certificate; it is empty.");
        (await RefusalAsync("Both", ("CertificateFil", missing))).ShouldContain("There is no setting Silo:Tls:CertificateFil; the nearest is Silo:Tls:CertificateFile.");

        async Task<string> RefusalAsync(string role, (string Name, string Value) setting) => (await Should.ThrowAsync<InvalidOperationException>(
            new ServerProcess(role, 1, system.Folder, new Dictionary<string, string> { [$"Silo__Tls__{setting.Name}"] = setting.Value }).StartAsync)).Message;
    }
}
