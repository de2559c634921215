using System.Net;
using System.Net.Sockets;
using AwoooP.Systems;
using AwoooP.Testing;

namespace AwoooP.Cluster.Tests;

/// <summary>That a cut is what the fault tests take it for.</summary>
public sealed class TcpWireTests : IAsyncDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly TcpWire _wire;

    public TcpWireTests()
    {
        _server.Start();
        _wire = new TcpWire(((IPEndPoint)_server.LocalEndpoint).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        _server.Dispose();
    }

    [Theory]
    [InlineData(WireWays.Both)]
    [InlineData(WireWays.There)]
    [InlineData(WireWays.Back)]
    public async Task Connection_BegunWhileCut_HangsUntilMended(WireWays ways)
    {
        await _wire.CutAsync(ways);
        using var client = new TcpClient();

        var connecting = client.ConnectAsync(IPAddress.Loopback, _wire.Port);
        await Eventually.BecomesTrueAsync(async () => await _wire.CountConnectingAsync() == 1, "the first packet is not answered");
        connecting.IsCompleted.ShouldBeFalse();
        _wire.Mend();
        await connecting;

        using var server = await _server.AcceptTcpClientAsync();
        await SendAsync(client, 7);
        (await ReceiveAsync(server)).ShouldBe(7);
    }

    [Theory]
    [InlineData(WireWays.There)]
    [InlineData(WireWays.Back)]
    public async Task Bytes_OfACutOneWay_PassTheOther(WireWays ways)
    {
        var (near, far) = await ConnectAsync();
        using (near)
        using (far)
        {
            var (open, closed) = ways == WireWays.There ? ((From: far, To: near), (From: near, To: far)) : ((From: near, To: far), (From: far, To: near));
            await _wire.CutAsync(ways);

            await SendAsync(closed.From, 1);
            await SendAsync(open.From, 2);
            (await ReceiveAsync(open.To)).ShouldBe(2);
            var late = ReceiveAsync(closed.To);
            late.IsCompleted.ShouldBeFalse();

            _wire.Mend();
            (await late).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Cut_AfterAnother_CutsAgain()
    {
        await _wire.CutAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => _wire.CutAsync());
        _wire.Mend();
        var (near, far) = await ConnectAsync();
        near.Dispose();
        far.Dispose();
        await _wire.CutAsync();
        using var client = new TcpClient();

        var connecting = client.ConnectAsync(IPAddress.Loopback, _wire.Port);
        await Eventually.BecomesTrueAsync(async () => await _wire.CountConnectingAsync() == 1, "the first packet is not answered");

        _wire.Mend();
        await connecting;
    }

    private async Task<(TcpClient Near, TcpClient Far)> ConnectAsync()
    {
        var near = new TcpClient();
        await near.ConnectAsync(IPAddress.Loopback, _wire.Port);
        return (near, await _server.AcceptTcpClientAsync());
    }

    private static async Task SendAsync(TcpClient from, byte value) => await from.GetStream().WriteAsync(new[] { value });

    private static async Task<int> ReceiveAsync(TcpClient to)
    {
        var buffer = new byte[1];
        await to.GetStream().ReadExactlyAsync(buffer);
        return buffer[0];
    }
}
