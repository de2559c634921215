using System.Text.Json;
using AwoooP.Alerts;

namespace AwoooP.Grains.Tests.Alerts;

public sealed class AlertClassifierTests
{
    private static readonly AlertClassifier Classifier = new(ClassifierRules.ReadBuiltIn());

    [Theory]
    [InlineData("TestAlert", "test")]
    [InlineData("FPTest", "test")]
    [InlineData("FingerprintTest", "test")]
    [InlineData("ADR089RoundTripTest", "test")]
    [InlineData("L4ClosureSmoke", "test")]
    [InlineData("AlertFreshUniq42", "test")]
    [InlineData("HighNodeCPU", "host_resource")]
    [InlineData("HighPodMemory", "host_resource")]
    [InlineData("TLSHandshakeErrors", "ssl_cert")]
    [InlineData("HttpsProbeFailureTaipei", "ssl_cert")]
    [InlineData("PostgreSQLTooManyConnections", "database")]
    [InlineData("OrdersDiskGrowthRate", "database")]
    public void Classify_GivenPatternOfThePlatform_FilesByIt(string name, string category) => CategoryOf(name).ShouldBe(category);

    [Theory]
    [InlineData("KubePodCrashLooping", "kubernetes")]
    [InlineData("KubeDeploymentReplicasMismatch", "kubernetes")]
    [InlineData("NodeFilesystemAlmostOutOfSpace", "host_resource")]
    [InlineData("HostOutOfMemory", "host_resource")]
    [InlineData("RedisMissingMaster", "database")]
    [InlineData("MySQLSlowQueries", "database")]
    [InlineData("CassandraCompactionPending", "database")]
    [InlineData("ClickHouseDistributedRejectedInserts", "database")]
    [InlineData("RabbitMQTooManyUnackMessages", "messaging")]
    [InlineData("NatsSlowConsumers", "messaging")]
    [InlineData("MinioDiskOffline", "storage")]
    [InlineData("NginxHighHttp5xxErrorRate", "web")]
    [InlineData("HaproxyBackendDown", "web")]
    [InlineData("CoreDNSPanicCount", "network")]
    [InlineData("BgpPeerDown", "network")]
    [InlineData("ArgoAppNotSynced", "ci_cd")]
    [InlineData("JenkinsOffline", "ci_cd")]
    [InlineData("AWSLambdaThrottles", "cloud")]
    [InlineData("GrafanaRequestsFailing", "observability")]
    [InlineData("CertManagerCertExpirySoon", "ssl_cert")]
    [InlineData("VeleroBackupFailed", "backup")]
    [InlineData("TerraformDriftDetected", "config_drift")]
    [InlineData("FalcoTerminalShellInContainer", "security")]
    [InlineData("JvmMemoryFillingUp", "application")]
    [InlineData("HighRequestLatency", "application")]
    [InlineData("Watchdog", "info")]
    public void Classify_GivenNameOfAKnownKind_FilesByIt(string name, string category) => CategoryOf(name).ShouldBe(category);

    [Fact]
    public void Classify_GivenSeveralProductsInTheName_FilesByTheFirst()
    {
        CategoryOf("ThanosSidecarNoConnectionToPostgres").ShouldBe("observability");
        CategoryOf("DigitaloceanKubernetesClusterDown").ShouldBe("cloud");
    }

    [Fact]
    public void Classify_GivenNameThatSaysNothing_LooksAtTheLabels()
    {
        CategoryOf("InstanceDown").ShouldBe("general");
        CategoryOf("InstanceDown", ("job", "mysqld-exporter")).ShouldBe("database");
        CategoryOf("HighErrorRate", ("service", "nginx")).ShouldBe("web");
        CategoryOf("HighErrorRate", ("service", "billing-core")).ShouldBe("application");
    }

    [Fact]
    public void Classify_GivenNoName_FallsBack() =>
        Classifier.Classify(new Dictionary<string, string> { ["team"] = "sre" }).Category.ShouldBe("general");

    [Theory]
    [InlineData("TestAlert", "critical", "TYPE-1")]
    [InlineData("FalcoShell", "critical", "TYPE-5S")]
    [InlineData("VeleroBackupFailed", "warning", "TYPE-6B")]
    [InlineData("TerraformDriftDetected", "warning", "TYPE-4D")]
    [InlineData("RedisDown", "critical", "TYPE-3")]
    [InlineData("RedisDown", "info", "TYPE-2")]
    public void Classify_GivenCategoryAndSeverity_ChoosesTheNotification(string name, string severity, string type) =>
        Classifier.Classify(new Dictionary<string, string> { ["alertname"] = name, ["severity"] = severity }).NotificationType.ShouldBe(type);

    [Theory]
    [InlineData("critical", null, null, Severity.P0)]
    [InlineData("critical", "prod", null, Severity.P0)]
    [InlineData("critical", "Production", null, Severity.P0)]
    [InlineData("critical", "staging", null, Severity.P1)]
    [InlineData("error", null, null, Severity.P1)]
    [InlineData("HIGH", null, null, Severity.P1)]
    [InlineData("warning", null, null, Severity.P2)]
    [InlineData(null, null, null, Severity.P2)]
    [InlineData("info", null, null, Severity.P3)]
    [InlineData("page", null, null, Severity.P3)]
    [InlineData("info", null, "p0", Severity.P0)]
    [InlineData("critical", null, "P3", Severity.P3)]
    [InlineData("critical", null, "urgent", Severity.P0)]
    public void Classify_GivenSeverityLabels_FollowsTheTable(string? severity, string? environment, string? priority, Severity expected)
    {
        var labels = new Dictionary<string, string> { ["alertname"] = "RedisDown" };
        if (severity is not null)
            labels["severity"] = severity;
        if (environment is not null)
            labels["environment"] = environment;
        if (priority is not null)
            labels["priority"] = priority;

        Classifier.Classify(labels).Severity.ShouldBe(expected);
    }

    [Fact]
    public void Parse_GivenRulesOfAProject_ReplacesTheBuiltInOnes()
    {
        var own = new AlertClassifier(ClassifierRules.Parse(
            """{"fallback": "other", "rules": [{"category": "tills", "kind": "subject", "words": ["till*"]}]}"""u8));

        own.Classify(new Dictionary<string, string> { ["alertname"] = "TillOffline" }).Category.ShouldBe("tills");
        own.Classify(new Dictionary<string, string> { ["alertname"] = "RedisDown" }).Category.ShouldBe("other");
    }

    [Theory]
    [InlineData("""{"rules": []}""")]
    [InlineData("""{"fallback": "x", "rules": [{"category": "c", "kind": "guess"}]}""")]
    [InlineData("""{"fallback": "x", "rules": [], "surprise": 1}""")]
    public void Parse_GivenBrokenRules_Refuses(string json) =>
        Should.Throw<JsonException>(() => ClassifierRules.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("KubePodOOMKilled", "kube,pod,oom,killed")]
    [InlineData("MySQLSlowQueries", "my,sql,slow,queries")]
    [InlineData("high_cpu-usage", "high,cpu,usage")]
    [InlineData("CaddyHighHttp5xxErrorRate", "caddy,high,http,5xx,error,rate")]
    [InlineData("K8sApiP95", "k8s,api,p95")]
    [InlineData("", "")]
    public void Of_GivenName_SplitsIntoWords(string name, string words) => string.Join(",", AlertNameWords.Of(name)).ShouldBe(words);

    private static string CategoryOf(string name, params (string Name, string Value)[] labels)
    {
        var all = labels.ToDictionary(label => label.Name, label => label.Value);
        all["alertname"] = name;
        return Classifier.Classify(all).Category;
    }
}
