using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AwoooP.Runtime.Transport;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests.Transport;

public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Connect_BothWithTls_FramesGoBothWays()
    {
        await using var silo = await Silo("b", Certificate("b")).StartAsync();
        await using var other = Silo("a", Certificate("a"));
        silo.WhenReceived = static (link, _) => link.Send(FrameKind.Answer, new byte[100_000]);

        var link = await other.ConnectAsync(silo);
        link.Send(FrameKind.Request, new byte[200_000]);

        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == 1 && other.Frames.Count == 1, "frames go both ways");
        await link.CloseAsync(CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => silo.Ended.Count == 1, "the other end closes too");
        (silo.Ended.Values.Single(), other.Ended[link]).ShouldBe((null, null));
    }

    [Fact]
    public async Task Connect_ClientWithoutACertificate_Connects()
    {
        await using var silo = await Silo("b", Certificate("b")).StartAsync();
        await using var client = new TestPeer("c", incarnation: 0, PeerRole.Client, configure: static options => options.Tls = new());

        (await client.ConnectAsync(silo)).Send(FrameKind.Request, [1]).ShouldBe(SendResult.Queued);

        await Eventually.BecomesTrueAsync(() => silo.Frames.Count == 1, "the frame arrives");
    }

    [Fact]
    public async Task Connect_PlainlyWhereTlsIsRequired_IsRefused()
    {
        await using var silo = await Silo("b", Certificate("b")).StartAsync();
        await using var plain = new TestPeer("a");

        await Should.ThrowAsync<Exception>(async () => await plain.ConnectAsync(silo));

        await Eventually.BecomesTrueAsync(() => silo.Refused("tls") == 1, "it is counted");
        silo.Peers.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connect_PlainlyWhereTlsIsBeingIntroduced_Connects()
    {
        var options = Certificate("b");
        options.Required = false;
        await using var silo = await Silo("b", options).StartAsync();
        await using var plain = new TestPeer("a");
        await using var secured = Silo("c", Certificate("c"));

        await plain.ConnectAsync(silo);
        await secured.ConnectAsync(silo);

        await Eventually.BecomesTrueAsync(() => silo.Peers.All.Count() == 2, "both are connected");
    }

    [Fact]
    public async Task Connect_WithTlsToAPlainSilo_IsRefused()
    {
        await using var silo = await new TestPeer("b").StartAsync();
        await using var other = Silo("a", Certificate("a"));

        var refused = await Should.ThrowAsync<LinkRefusedException>(async () => await other.ConnectAsync(silo));

        refused.Reason.ShouldBe(Refusal.Tls);
        await Eventually.BecomesTrueAsync(() => silo.Refused("stranger") == 1, "it is counted");
    }

    [Fact]
    public async Task Connect_SomebodyInTheMiddle_IsRefused()
    {
        await using var silo = await Silo("b", Certificate("b")).StartAsync();
        await using var other = Silo("a", Certificate("a"));
        using var middle = new TcpListener(IPAddress.Loopback, 0);
        middle.Start();
        var relaying = RelayAsync(middle, silo.Address);

        var refused = await Should.ThrowAsync<LinkRefusedException>(
            async () => await other.Peers.GetAsync("b", middle.LocalEndpoint.ToString()!, CancellationToken.None));

        refused.Reason.ShouldBe(Refusal.Secret);
        await Eventually.BecomesTrueAsync(() => silo.Refused("secret") == 1, "the proof for another certificate is none");
        await relaying;
    }

    private TestPeer Silo(string id, ClusterTlsOptions tls) => new(id, configure: options => options.Tls = tls);

    private ClusterTlsOptions Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var options = new ClusterTlsOptions
        {
            CertificateFile = Path.Combine(_folder.FullName, name + ".crt"),
            KeyFile = Path.Combine(_folder.FullName, name + ".key"),
        };
        File.WriteAllText(options.CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(options.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return options;
    }

    /// <summary>Ends TLS of the one side and begins that of the other, passing on every byte in between.</summary>
    private async Task RelayAsync(TcpListener middle, string address)
    {
        var own = Certificate("middle");
        using var certificate = X509Certificate2.CreateFromPemFile(own.CertificateFile!, own.KeyFile);
        using var here = await middle.AcceptTcpClientAsync(CancellationToken.None);
        using var there = new TcpClient();
        await there.ConnectAsync(IPEndPoint.Parse(address), CancellationToken.None);
        await using var facingHere = new SslStream(here.GetStream());
        await using var facingThere = new SslStream(there.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        await facingHere.AuthenticateAsServerAsync(certificate);
        await facingThere.AuthenticateAsClientAsync("b");
        await Task.WhenAll(PassOnAsync(facingHere, facingThere), PassOnAsync(facingThere, facingHere));

        static async Task PassOnAsync(Stream from, SslStream to)
        {
            try
            {
                await from.CopyToAsync(to, CancellationToken.None);
                await to.ShutdownAsync();
            }
            catch (IOException)
            {
                // An end hung up, which ends the other way too.
            }
        }
    }
}
