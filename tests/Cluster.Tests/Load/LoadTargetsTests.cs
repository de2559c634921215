using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class LoadTargetsTests : IDisposable
{
    private static readonly Uri Otherwise = new("http://127.0.0.1:8080");

    private readonly string _folder = Directory.CreateTempSubdirectory("awooop-load-").FullName;

    [Fact]
    public void Find_SilosAlone_AreTheEntrances()
    {
        Note("silo-2", 8082);
        Note("silo-1", 8081);

        var targets = LoadTargets.Find(_folder, Otherwise);

        targets.Entrances.ShouldBe([At(8081), At(8082)]);
        targets.Silos.ShouldBe(targets.Entrances);
    }

    [Fact]
    public void Find_FrontsApart_AreTheOnlyEntrances()
    {
        Note("front-1", 8080);
        Note("silo-1", 8081);

        var targets = LoadTargets.Find(_folder, Otherwise);

        targets.Entrances.ShouldBe([At(8080)]);
        targets.Silos.ShouldBe([At(8081)]);
    }

    [Fact]
    public void Find_NothingNoted_IsTheAddressThatIsNamed() => LoadTargets.Find(Path.Combine(_folder, "absent"), Otherwise).Entrances.ShouldBe([Otherwise]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Note(string name, int port) => File.WriteAllText(Path.Combine(_folder, $"{name}.url"), $"{At(port).GetLeftPart(UriPartial.Authority)}\n");

    private static Uri At(int port) => new($"http://127.0.0.1:{port}");
}
