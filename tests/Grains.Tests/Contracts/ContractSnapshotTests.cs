using System.Text.Json;
using AwoooP.Contracts;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Snapshots that earlier builds have written: past a cut of the log there is nothing else to read.</summary>
public sealed class ContractSnapshotTests : ContractStory
{
    /// <summary>The contract remembered the ids of signatures, and not each version its own.</summary>
    [Fact]
    public void GivenASnapshotFromBeforeVersionsKeptTheirIds_WhenRead_ThenItGoesOnAndNoIdIsForgotten()
    {
        Draft(Document);
        Publish(1, "ann");
        var used = Sign(1, "ben").OfType<ContractSigned>().Single().Signature.SignatureId;
        var json = JsonSerializer.SerializeToNode(Contract, Contract.Json)!.AsObject();
        var version = json["versions"]![0]!.AsObject();
        var spent = version["spent"];
        version.Remove("spent").ShouldBeTrue();
        version.Remove("found_unusable").ShouldBeTrue();
        json["spent"] = spent;

        var read = JsonSerializer.Deserialize(json, Contract.Json)!;

        Contract.StateVersion.ShouldBe(1);
        var held = read.Find(1)!;
        held.Spent.ShouldBeEmpty();
        held.FoundUnusable.ShouldBeEmpty();
        RefusalOf(ContractDecider.Sign(read, Tool, new SignContract(1, held.Sha256, used), Ring, "cho", Now)).Code.ShouldBe("signature_replayed");
        foreach (var raised in ContractDecider.Sign(read, Tool, new SignContract(1, held.Sha256, SignatureId()), Ring, "cho", Now).Events)
            read = read.Apply(raised, Now);
        read.Find(1)!.Status.ShouldBe(ContractStatus.Active);
        read.HasSpent(used).ShouldBeTrue();
    }

    [Fact]
    public void GivenASnapshotWithoutAnyIds_WhenRead_ThenNoneIsSpent()
    {
        Draft(Document);
        var json = JsonSerializer.SerializeToNode(Contract, Contract.Json)!.AsObject();
        json.Remove("spent").ShouldBeTrue();

        JsonSerializer.Deserialize(json, Contract.Json)!.HasSpent(SignatureId()).ShouldBeFalse();
    }
}
