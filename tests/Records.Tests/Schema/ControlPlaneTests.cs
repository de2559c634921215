namespace AwoooP.Records.Tests.Schema;

/// <summary>The twelve tables of the control plane: there, closed to other tenants, and open to each role no further than it needs.</summary>
public sealed class ControlPlaneTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    private const string Changed = "INSERT,SELECT,UPDATE";
    private const string Added = "INSERT,SELECT";

    private const string Rights =
        """
        select coalesce(string_agg(r.privilege_type, ',' order by r.privilege_type), '')
        from pg_class c, aclexplode(c.relacl) r
        where c.oid = ('public.' || $1)::regclass and r.grantee = (case $2 when 'public' then 0 else (select oid from pg_roles where rolname = $2) end)
        """;

    /// <summary>Each with what awooop_app may do.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["awooop_project"] = Changed,
        ["awooop_operator"] = Changed,
        ["awooop_operator_key"] = Changed,
        ["awooop_role_binding"] = Added,
        ["awooop_agent"] = Changed,
        ["awooop_contract"] = Changed,
        ["awooop_contract_version"] = Changed,
        ["awooop_contract_signature"] = Added,
        ["awooop_policy"] = Changed,
        ["awooop_feature_flag"] = Changed,
        ["awooop_quota"] = Changed,
        ["awooop_audit_event"] = Added,
    };

    public static TheoryData<string> Names => [.. Tables.Keys];

    [Fact]
    public void ControlPlane_Counted_HasTwelveTables() => Tables.Count.ShouldBe(12);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Table_OfTheControlPlane_ForcesRowLevelSecurityOnItsOwnerToo(string table)
    {
        var found = await database.Superuser.QueryAsync(
            "select c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) from pg_class c where c.oid = to_regclass('public.' || $1)",
            reader => (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetString(2)),
            table);

        found.ShouldBe([(true, true, "awooop_owner")]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Table_OfTheControlPlane_GrantsNoMoreThanIsNeeded(string table)
    {
        (await RightsAsync("awooop_app")).ShouldBe(Tables[table]);
        (await RightsAsync("awooop_reader")).ShouldBe("SELECT");
        (await RightsAsync("awooop_engine")).ShouldBe("");
        (await RightsAsync("public")).ShouldBe("");

        async Task<string> RightsAsync(string role) =>
            (await database.Superuser.QueryAsync(Rights, reader => reader.GetString(0), table, role)).ShouldHaveSingleItem();
    }
}
