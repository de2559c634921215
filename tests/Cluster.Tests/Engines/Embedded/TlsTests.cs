using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Silos whose connections are encrypted, by settings alone. Orleans' are not: <c>EndpointSettingTests</c>.</summary>
public sealed class TlsTests : IDisposable
{
    /// <summary>So many that each silo surely gets some for the other.</summary>
    private const int Calls = 16;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Silos_WithTls_CallEachOther()
    {
        var (settings, hash) = Tls();
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 2, Settings = settings });
        await Partitions.SharedAsync(system, silos: 2);

        foreach (var silo in system.Silos)
        {
            using var http = new HttpClient { BaseAddress = silo.Address };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await system.AdminKeyAsync());
            for (var i = 0; i < Calls; i++)
            {
                using var body = new StringContent(RevisionLoad.Definition($"Of {silo.Name}, number {i}"), Encoding.UTF8, "application/json");
                using var created = await http.PostAsync("v1/platform/playbooks", body);
                created.StatusCode.ShouldBe(HttpStatusCode.Created);
            }
        }

        foreach (var address in await AddressesAsync(system))
            (await ShownAsync(address)).ShouldBe(hash);
    }

    private static async Task<List<string>> AddressesAsync(AwooopSystem system)
    {
        await using var command = system.Superuser.CreateCommand("select address from journal.silo where state = 'alive' order by silo_id");
        await using var rows = await command.ExecuteReaderAsync();
        var addresses = new List<string>();
        while (await rows.ReadAsync())
            addresses.Add(rows.GetString(0));
        addresses.Count.ShouldBe(2);
        return addresses;
    }

    /// <summary>The hash of the certificate that the silo shows to whoever connects.</summary>
    private static async Task<byte[]> ShownAsync(string address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(address));
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync("silo");
        return stream.RemoteCertificate!.GetCertHash(HashAlgorithmName.SHA256);
    }

    private (Dictionary<string, string> Settings, byte[] Hash) Tls()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(_folder.FullName, "silo.crt"), Path.Combine(_folder.FullName, "silo.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        var settings = new Dictionary<string, string> { ["Silo__Tls__CertificateFile"] = certificateFile, ["Silo__Tls__KeyFile"] = keyFile, ["Silo__Lease"] = "00:00:10" };
        return (settings, certificate.GetCertHash(HashAlgorithmName.SHA256));
    }
}
